using System.Text.Json;
using EcmrGateway.Cli;
using EcmrGateway.UnitTests.Ledger;
using Xunit;

namespace EcmrGateway.UnitTests.Cli;

/// <summary>The command itself, with embedded engines: what it finds on real ones is in PathTests.</summary>
public sealed class DoctorCommandTests
{
    [Fact]
    public async Task All_is_well_is_0_and_said()
    {
        using var host = new CliTestHost();
        using var folder = new TempFolder();

        Assert.Equal(ExitCode.Ok, await host.RunAsync("doctor", $"--Ledger:Folder={folder.Path}"));
        Assert.Contains("all is well", host.Screen.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Something_wrong_is_1_with_what_to_do()
    {
        using var host = new CliTestHost();

        Assert.Equal(ExitCode.Refused, await host.RunAsync("doctor", "--Ledger:Foldr=/data"));
        Assert.Contains("did you mean Ledger:Folder?", host.Screen.Output, StringComparison.Ordinal);
        Assert.Contains("-> Correct it where it is set", host.Screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_every_finding()
    {
        using var host = new CliTestHost();
        using var folder = new TempFolder();

        Assert.Equal(ExitCode.Refused, await host.RunAsync(
            "doctor", "--json", $"--Ledger:Folder={folder.Path}", "--Stream:Engine=Kafka"));

        using var json = JsonDocument.Parse(host.Output);
        var wrong = json.RootElement.EnumerateArray()
            .Where(finding => finding.GetProperty("state").GetString() == "Wrong").ToList();
        Assert.All(wrong, finding => Assert.NotEmpty(finding.GetProperty("do").GetString()!));
        Assert.Contains(wrong, finding => finding.GetProperty("says").GetString()!.Contains(
            "Stream:Kafka:BootstrapServers is needed", StringComparison.Ordinal));
        Assert.Contains(
            json.RootElement.EnumerateArray(), finding => finding.GetProperty("check").GetString() == "disk");
    }

    [Fact]
    public async Task Settings_come_from_a_file_too_and_the_command_line_counts_more()
    {
        using var host = new CliTestHost();
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "appsettings.json");
        await File.WriteAllTextAsync(
            file, """{"Ledger":{"Folder":"/data","Shards":65}}""", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Refused, await host.RunAsync("doctor", "--settings", file));
        Assert.Contains("Shards must be between 1 and 64", host.Screen.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await host.RunAsync("doctor", "--settings", file, "--Ledger:Shards=4"));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("--Ledger:Folder")]
    [InlineData("--settings", "/nowhere/appsettings.json")]
    public async Task A_command_line_that_cannot_be_used_is_2(params string[] arguments)
    {
        using var host = new CliTestHost();

        Assert.Equal(ExitCode.Usage, await host.RunAsync(["doctor", .. arguments]));
        Assert.NotEmpty(host.Notices.Output);
    }
}
