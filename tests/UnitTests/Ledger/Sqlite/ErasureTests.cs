using System.Text;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Sqlite;

public sealed class ErasureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Short and long: a long payload has pages of its own.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2_000)]
    public async Task Nothing_of_what_is_erased_is_left_in_the_files(int repeated)
    {
        var secret = Encoding.UTF8.GetBytes("Jansen, Kade 7");
        var payload = Enumerable.Repeat(secret, repeated).SelectMany(bytes => bytes).ToArray();
        await using var ledger = TestLedger.Open(_folder.Path);
        var kept = await ledger.AppendAsync(TestLedger.Draft("kept"), TestContext.Current.CancellationToken);
        var gone = await ledger.AppendAsync(
            TestLedger.Draft("gone") with { Payload = payload }, TestContext.Current.CancellationToken);
        Assert.True(IsInFiles(secret));

        await ledger.EraseAsync(gone.Position, TestContext.Current.CancellationToken);

        Assert.False(IsInFiles(secret));
        Assert.False(IsInFiles(gone.Receipt!.Salt.ToByteArray()));
        Assert.True(IsInFiles(kept.Receipt!.Salt.ToByteArray()));
    }

    private bool IsInFiles(byte[] bytes) => Directory.EnumerateFiles(_folder.Path, "ledger.db*").Any(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return content.AsSpan().IndexOf(bytes) >= 0;
    });
}
