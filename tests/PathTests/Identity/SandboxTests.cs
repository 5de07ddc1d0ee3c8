using System.Net;
using System.Net.Http.Json;
using EcmrGateway.Host;
using EcmrGateway.Host.Roles;
using EcmrGateway.PathTests.Gateway;
using Xunit;

namespace EcmrGateway.PathTests.Identity;

/// <summary>
/// Anybody gets any role from the sandbox issuer, so it is there in Development and on loopback only.
/// </summary>
public sealed class SandboxTests
{
    [Fact]
    public void The_gateway_does_not_start_with_the_sandbox_issuer_outside_Development()
    {
        var refusal = Assert.Throws<SettingException>(() => GatewayHost.Build(
            ["--environment=Production", "--Ledger:Folder=unused"]));

        Assert.Contains("Identity:Authority", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gateway_does_not_start_with_the_sandbox_issuer_beyond_loopback()
    {
        var refusal = Assert.Throws<SettingException>(() => GatewayHost.Build(
        [
            "--environment=Development", "--Ledger:Folder=unused", "--Kestrel:Endpoints:Grpc:Url=http://0.0.0.0:5080",
        ]));

        Assert.Contains("Kestrel:Endpoints:Grpc:Url", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_role_of_the_process_is_named()
    {
        var refusal = Assert.Throws<SettingException>(() => GatewayHost.Build(
            ["--environment=Development", "--Ledger:Folder=unused", "--roles=ingress,scorer"]));

        Assert.Contains("scorer", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://login.example.org")]
    [InlineData("login.example.org")]
    [InlineData("file:///keys")]
    public void An_issuer_whose_keys_could_be_exchanged_on_the_way_is_refused(string authority)
    {
        var refusal = Assert.Throws<SettingException>(() => GatewayHost.Build(
            ["--environment=Production", "--Ledger:Folder=unused", $"--Identity:Authority={authority}"]));

        Assert.Contains("Identity:Authority", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("owner", "acme")]
    [InlineData("submitter", "~access")]
    [InlineData("submitter", "a b")]
    public async Task The_issuer_gives_no_token_for_an_unknown_role_or_an_odd_party(string role, string party)
    {
        await using var gateway = await RunningGateway.StartAsync();

        using var answer = await gateway.Http.PostAsJsonAsync("/sandbox/token", new { role, party });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_of_another_gateway_is_no_credential_here()
    {
        await using var other = await RunningGateway.StartAsync();
        await using var gateway = await RunningGateway.StartAsync();

        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(async () => await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, await other.AsAsync("submitter")));

        Assert.Equal(Grpc.Core.StatusCode.Unauthenticated, refused.StatusCode);
    }
}
