using System.Text;
using EcmrGateway.Cli;
using EcmrGateway.Client.Json;
using Xunit;

namespace EcmrGateway.UnitTests.Cli.Commands;

public sealed class SampleCommandTests
{
    [Fact]
    public async Task Standard_output_holds_a_note_on_each_line_and_nothing_else()
    {
        using var host = new CliTestHost();

        Assert.Equal(ExitCode.Ok, await host.RunAsync("sample", "--count", "5", "--seed", "9"));
        var lines = host.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.All(lines, line => Assert.NotNull(NoteJson.Read(Encoding.UTF8.GetBytes(line)).Note));
    }

    [Fact]
    public async Task The_next_whole_hour_is_the_moment_unless_another_is_named()
    {
        using var unnamed = new CliTestHost();
        using var named = new CliTestHost();
        await unnamed.RunAsync("sample", "--count", "3");
        await named.RunAsync("sample", "--count", "3", "--around", "2026-11-25T11:00:00+01:00");

        Assert.Equal(named.Output, unnamed.Output);
    }

    [Fact]
    public async Task A_folder_gets_the_notes_and_what_is_in_them_on_purpose()
    {
        using var host = new CliTestHost();
        var folder = Directory.CreateTempSubdirectory("ecmr-sample-");
        try
        {
            await host.RunAsync("sample", "--count", "20", "--wrong-percent", "100", "--out", folder.FullName);

            Assert.Equal(20, File.ReadLines(Path.Combine(folder.FullName, "notes.jsonl")).Count());
            var rows = File.ReadAllLines(Path.Combine(folder.FullName, "patterns.csv"));
            Assert.Equal("note_id,pattern,flaw", rows[0]);
            Assert.DoesNotContain(rows, row => row.EndsWith(",None", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
