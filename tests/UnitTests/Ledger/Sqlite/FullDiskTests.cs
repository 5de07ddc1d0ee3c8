using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcmrGateway.UnitTests.Ledger.Sqlite;

/// <summary>These tests change a limit of the whole process.</summary>
[CollectionDefinition(nameof(FullDiskTests), DisableParallelization = true)]
public sealed class FullDiskCollection;

[Collection(nameof(FullDiskTests))]
public sealed class FullDiskTests : IDisposable
{
    private static readonly LedgerOptions Options = new() { ReopenDelay = TimeSpan.FromSeconds(10) };
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(TestLedger.Time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_who_wait_are_told_and_so_is_who_comes_later()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit's number is that of Linux.");
        await using var ledger = await OpenAsync();
        using var full = new FileSizeLimit(LargestFile());

        var results = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(number => ledger.AppendAsync(Large($"N-{number}"), Cancellation).AsTask()));
        var later = await ledger.AppendAsync(TestLedger.Draft("later"), Cancellation);

        Assert.All(results, result => Assert.Equal(AppendStatus.Unavailable, result.Status));
        Assert.All(results, result => Assert.Null(result.Receipt));
        Assert.Equal(AppendStatus.Unavailable, later.Status);
        Assert.False(ledger.IsWritable);
        Assert.Equal(1, ledger.Head[0]);
    }

    [Fact]
    public async Task Reads_go_on_while_nothing_can_be_written()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit's number is that of Linux.");
        await using var ledger = await OpenAsync();
        using var full = new FileSizeLimit(LargestFile());
        await ledger.AppendAsync(Large("N-1"), Cancellation);

        var before = TestLedger.Draft("before");
        var found = await ledger.FindAppendedAsync(
            before.Kind, before.Party, before.Id, "", before.ContentSha256, Cancellation);

        Assert.Equal(AppendStatus.AlreadyAppended, found!.Status);
        Assert.NotNull(await ledger.ReadReceiptAsync(new(1), Cancellation));
    }

    [Fact]
    public async Task Writing_goes_on_when_the_disk_has_room_again_and_the_delay_is_over()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit's number is that of Linux.");
        await using var ledger = await OpenAsync();
        var refused = Large("refused");
        using (new FileSizeLimit(LargestFile()))
        {
            Assert.Equal(AppendStatus.Unavailable, (await ledger.AppendAsync(refused, Cancellation)).Status);
        }

        // Room alone is not enough: the failed connection is not used again, and the next one waits for the delay.
        Assert.Equal(AppendStatus.Unavailable, (await ledger.AppendAsync(refused, Cancellation)).Status);
        var result = await RepeatAsync(ledger, refused);

        Assert.Equal(AppendStatus.Appended, result.Status);
        Assert.Equal(2, result.Position.Value);
        Assert.True(ledger.IsWritable);
        Assert.Equal(3UL, ledger.TreeHeadOf(0).TreeSize);
    }

    [Fact]
    public async Task It_stays_unwritable_while_the_disk_is_full_however_long()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit's number is that of Linux.");
        await using var ledger = await OpenAsync();
        using var full = new FileSizeLimit(0);
        await ledger.AppendAsync(Large("N-1"), Cancellation);

        for (var round = 0; round < 20; round++)
        {
            _time.Advance(Options.ReopenDelay);
            var result = await ledger.AppendAsync(TestLedger.Draft($"small-{round}"), Cancellation);
            Assert.Equal(AppendStatus.Unavailable, result.Status);
        }

        Assert.False(ledger.IsWritable);
    }

    /// <summary>Lets the delay pass until the append is taken. The writer begins it at a time of its own.</summary>
    private async Task<AppendResult> RepeatAsync(SqliteNoteLedger ledger, EntryDraft draft)
    {
        for (var round = 0; round < 10_000; round++)
        {
            _time.Advance(Options.ReopenDelay);
            var result = await ledger.AppendAsync(draft, Cancellation);
            if (result.Status is not AppendStatus.Unavailable)
            {
                return result;
            }
        }

        throw new InvalidOperationException("The ledger never became writable.");
    }

    private async Task<SqliteNoteLedger> OpenAsync()
    {
        var ledger = TestLedger.Open(Options with { Folder = _folder.Path }, _time);
        await ledger.AppendAsync(TestLedger.Draft("before"), Cancellation);
        return ledger;
    }

    private long LargestFile() => new DirectoryInfo(_folder.Path).GetFiles().Max(file => file.Length);

    private static EntryDraft Large(string id) => TestLedger.Draft(id) with { Payload = new byte[200_000] };
}
