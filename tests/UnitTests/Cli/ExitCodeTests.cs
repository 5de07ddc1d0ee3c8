using EcmrGateway.Cli;
using EcmrGateway.Client.Errors;
using Grpc.Core;
using Spectre.Console.Testing;
using Xunit;

namespace EcmrGateway.UnitTests.Cli;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(StatusCode.InvalidArgument, 1)]
    [InlineData(StatusCode.AlreadyExists, 1)]
    [InlineData(StatusCode.NotFound, 1)]
    [InlineData(StatusCode.Internal, 1)]
    [InlineData(StatusCode.Unavailable, 3)]
    [InlineData(StatusCode.DeadlineExceeded, 3)]
    [InlineData(StatusCode.ResourceExhausted, 3)]
    [InlineData(StatusCode.PermissionDenied, 4)]
    [InlineData(StatusCode.Unauthenticated, 4)]
    public void Follows_the_status(StatusCode code, int exit) =>
        Assert.Equal(exit, ExitCode.Of(new GatewayError(code, "", "", "", [], null)));

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("rank")]
    [InlineData("rank", "rotterdam", "--top", "0")]
    [InlineData("rank", "rotterdam", "--top", "many")]
    [InlineData("rank", "rotterdam", "--watch", "--top", "501")]
    [InlineData("rank", "rotterdam", "--window", "2 hours")]
    [InlineData("rank", "rotterdam", "--window", "49h")]
    [InlineData("rank", "rotterdam", "--window", "0m")]
    [InlineData("submit")]
    [InlineData("submit", "a.json", "--sample", "5")]
    [InlineData("submit", "--sample", "0")]
    [InlineData("submit", "--sample", "5", "--window", "0")]
    [InlineData("submit", "--sample", "5", "--wrong-percent", "101")]
    [InlineData("submit", "--sample", "5", "--around", "soon")]
    [InlineData("submit", "no-such-file.json")]
    [InlineData("verify", "a.receipt.json")]
    [InlineData("verify", "a.receipt.json", "--key", "k.pem", "--fetch-key")]
    [InlineData("verify", "no-such.receipt.json", "--key", "no-such.pem")]
    [InlineData("outcome", "--vehicle", "x")]
    [InlineData("outcome", "--clean")]
    [InlineData("outcome", "--vehicle", "x", "--plate", "AB", "--country", "NL", "--clean")]
    [InlineData("outcome", "--plate", "AB", "--clean")]
    [InlineData("outcome", "--vehicle", "x", "--clean", "--infringement", "load:SI")]
    [InlineData("outcome", "--vehicle", "x", "--infringement", "load")]
    [InlineData("outcome", "--vehicle", "x", "--infringement", "load:BAD")]
    [InlineData("outcome", "--vehicle", "x", "--infringement", "load:SI:0")]
    [InlineData("reveal-note", "first")]
    [InlineData("token", "--role", "king")]
    [InlineData("bench", "--concurrency", "0")]
    [InlineData("areas", "--address", "ftp://x")]
    [InlineData("areas", "--address", "http://192.0.2.1:5080", "--token", "t")]
    [InlineData("sample", "--count", "0")]
    public async Task A_command_line_that_cannot_be_used_is_2_and_says_why(params string[] arguments)
    {
        using var host = new CliTestHost();

        Assert.Equal(ExitCode.Usage, await host.RunAsync(arguments));
        Assert.NotEmpty(host.Notices.Output);
    }

    [Fact]
    public async Task Nobody_there_is_3()
    {
        using var host = new CliTestHost();

        Assert.Equal(ExitCode.Unavailable, await host.RunAsync("areas", "--address", "http://127.0.0.1:9"));
        Assert.Contains("cannot be reached", host.Notices.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "areas", "--token", "t")]
    [InlineData("", "areas", "--token", "t", "--plain-text")]
    public async Task Another_machine_is_asked_without_TLS_only_when_told_to(
        string variable, params string[] arguments)
    {
        // No loopback address, yet nobody else's.
        const string Address = "http://0.0.0.0:9";
        using var host = new CliTestHost().With("ECMR_ADDRESS", Address).With("ECMR_PLAIN_TEXT", variable);
        using var untold = new CliTestHost().With("ECMR_ADDRESS", Address);

        Assert.Equal(ExitCode.Unavailable, await host.RunAsync(arguments));
        Assert.Equal(ExitCode.Usage, await untold.RunAsync("areas", "--token", "t"));
    }

    [Fact]
    public async Task The_address_comes_from_the_environment_where_it_is_not_given()
    {
        using var host = new CliTestHost().With("ECMR_ADDRESS", "nonsense");

        Assert.Equal(ExitCode.Usage, await host.RunAsync("areas"));
        Assert.Contains("nonsense", host.Notices.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reveal_without_a_reason_and_without_a_terminal_is_2()
    {
        using var host = new CliTestHost();

        Assert.Equal(ExitCode.Usage, await host.RunAsync("rank", "rotterdam", "--reveal"));
        Assert.Contains("--purpose", host.Notices.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reveal_asks_at_the_terminal_for_purpose_and_legal_basis()
    {
        using var host = new CliTestHost();
        host.Notices.Interactive();
        host.Notices.Input.PushTextWithEnter("x");
        host.Notices.Input.PushTextWithEnter("roadside check A15");
        host.Notices.Input.PushTextWithEnter("Wwg art. 2.13");

        await host.RunAsync("reveal-note", "5", "--address", "http://127.0.0.1:9");

        Assert.Contains("Purpose of the access", host.Notices.Output, StringComparison.Ordinal);
        Assert.Contains("Legal basis", host.Notices.Output, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", host.Notices.Output, StringComparison.Ordinal);
    }
}
