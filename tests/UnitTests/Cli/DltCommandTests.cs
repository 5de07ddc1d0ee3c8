using EcmrGateway.Cli;
using EcmrGateway.Cli.Commands.Dlt;
using EcmrGateway.Cli.Rendering;
using EcmrGateway.DeadLetters;
using Spectre.Console.Testing;
using Xunit;

namespace EcmrGateway.UnitTests.Cli;

/// <summary>ecmr dlt without a broker; what it does with one is in the path tests.</summary>
public sealed class DltCommandTests : IDisposable
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private readonly CliTestHost _host = new();

    [Fact]
    public async Task A_drop_needs_a_reason()
    {
        Assert.Equal(ExitCode.Usage, await _host.RunAsync("dlt", "drop", Key));
        Assert.Equal(ExitCode.Usage, await _host.RunAsync("dlt", "drop", Key, "--reason", ""));
        Assert.Equal(ExitCode.Usage, await _host.RunAsync("dlt", "drop", Key, "--reason", new string('x', 201)));
    }

    [Fact]
    public async Task A_file_of_settings_that_is_none_is_told_without_its_content()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file, "# a comment\n\nsasl.username=me\nsecret\n", TestContext.Current.CancellationToken);

            var code = await _host.RunAsync("dlt", "list", "--command-config", file);

            Assert.Equal(ExitCode.Usage, code);
            Assert.Contains("not name=value", _host.Notices.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", _host.Notices.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_setting_that_the_client_does_not_know_is_told()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "no.such.setting=1\n", TestContext.Current.CancellationToken);

            Assert.Equal(ExitCode.Usage, await _host.RunAsync("dlt", "list", "--command-config", file));
            Assert.Contains("no.such.setting", _host.Notices.Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Brokers_that_are_away_are_no_answer() => Assert.Equal(
        ExitCode.Unavailable,
        await _host.RunAsync("dlt", "list", "--bootstrap", "127.0.0.1:1", "--timeout", "1"));

    [Fact]
    public void A_list_shows_keys_and_what_is_wrong_with_them()
    {
        using var screen = new TestConsole().Width(110);

        DltView.WriteKeys(
            screen,
            [
                new(Key, 3, CliTestHost.Now, 12, "BAD_FACT", ParkedState.Parked, "BAD_FACT"),
                new("@1-7", 1, CliTestHost.Now, 1, "BAD_VALUE", ParkedState.ReplayAsked, ""),
            ],
            new Microsoft.Extensions.Time.Testing.FakeTimeProvider(CliTestHost.Now.AddMinutes(5)));

        Assert.Matches(
            $"{Key} │ +3 │ 5 min │ BAD_FACT +│ +12 │ parked; tried again: BAD_FACT", screen.Output);
        Assert.Matches("@1-7 +│ +1 │ .* │ BAD_VALUE │ +1 │ replay asked for", screen.Output);
        Assert.Contains("2 keys, 13 records", screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Exit_codes_tell_what_became_of_a_request()
    {
        Assert.Equal(ExitCode.Ok, Decision(Answer(ControlKind.Released)).ExitCode);
        Assert.Equal(ExitCode.Refused, Decision(Answer(ControlKind.Kept)).ExitCode);
        Assert.Equal(ExitCode.Unavailable, Decision(null).ExitCode);
    }

    public void Dispose() => _host.Dispose();

    private static ControlRecord Answer(ControlKind kind) => new(1, Key, [], CliTestHost.Now, kind, 0, "");

    private static DltDecision Decision(ControlRecord? answer) => DltDecision.Of(0, Key, ControlKind.Replay, answer);
}
