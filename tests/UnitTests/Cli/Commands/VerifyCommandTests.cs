using EcmrGateway.Cli;
using EcmrGateway.Client.Json;
using EcmrGateway.UnitTests.Client.Verify;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.Cli.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecmr-verify-");
    private readonly ReceiptFixture _log = new();
    private readonly CliTestHost _host = new();

    [Fact]
    public async Task A_good_receipt_with_its_note_is_0_and_every_step_is_told()
    {
        var code = await _host.RunAsync(
            "verify", Receipt("a", 3), "--key", Key(), "--note", Write("note.json", NoteJson.WriteIndented(_log.Note)));

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("Signature", _host.Screen.Output, StringComparison.Ordinal);
        Assert.EndsWith("verified\n", _host.Screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_note_is_1()
    {
        var other = _log.Note.Clone();
        other.NoteNumber = "B-1";

        var code = await _host.RunAsync(
            "verify", Receipt("a", 3), "--key", Key(), "--note", Write("note.json", NoteJson.Write(other)));

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("NOT VERIFIED", _host.Screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_counted_and_one_bad_receipt_makes_it_1()
    {
        Receipt("a", 0);
        Receipt("b", 1);
        var bad = _log.Make(2);
        bad.LeafIndex = 5;
        Write("c.receipt.json", JsonFormatter.Default.Format(bad));

        Assert.Equal(ExitCode.Refused, await _host.RunAsync("verify", _folder.FullName, "--key", Key()));
        Assert.Contains("3 receipts, 2 verified, 1 not verified", _host.Screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_receipt_is_2_whatever_else_is_named()
    {
        var empty = _folder.CreateSubdirectory("empty");
        await File.WriteAllTextAsync(
            Path.Combine(empty.FullName, "note.json"), "{}", TestContext.Current.CancellationToken);

        var alone = await _host.RunAsync("verify", empty.FullName, "--key", Key());
        var beside = await _host.RunAsync("verify", Receipt("a", 0), empty.FullName, "--key", Key());

        Assert.Equal((ExitCode.Usage, ExitCode.Usage), (alone, beside));
        Assert.Contains("There is no receipt in", _host.Notices.Output, StringComparison.Ordinal);
        Assert.Empty(_host.Screen.Output);
    }

    [Fact]
    public async Task With_json_each_receipt_is_a_line()
    {
        Receipt("a", 0);
        Receipt("b", 1);

        Assert.Equal(ExitCode.Ok, await _host.RunAsync("verify", _folder.FullName, "--key", Key(), "--json"));
        var lines = _host.Output.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Contains("\"isVerified\":true", line, StringComparison.Ordinal));
        Assert.Empty(_host.Screen.Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"salt\":5}")]
    [InlineData("{\"unknown\":1}")]
    public async Task What_is_no_receipt_is_2(string json) =>
        Assert.Equal(ExitCode.Usage, await _host.RunAsync("verify", Write("x.receipt.json", json), "--key", Key()));

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _log.Dispose();
        _host.Dispose();
    }

    private string Receipt(string name, int index) =>
        Write(name + ".receipt.json", JsonFormatter.Default.Format(_log.Make(index)));

    private string Key() => Write("key.pem", _log.PublicKeyPem);

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
