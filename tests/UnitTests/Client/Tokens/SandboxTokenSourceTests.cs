using System.Net;
using EcmrGateway.Client;
using EcmrGateway.Client.Errors;
using EcmrGateway.Client.Tokens;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Tokens;

public sealed class SandboxTokenSourceTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Asks_once_and_again_before_the_token_expires()
    {
        using var issuer = new Issuer(number =>
            $$"""{"access_token":"t{{number}}","token_type":"Bearer","expires_in":3600}""");
        using var source = Source(issuer);

        Assert.Equal("t1", await GetAsync(source));
        _clock.Advance(TimeSpan.FromMinutes(47));
        Assert.Equal("t1", await GetAsync(source));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("t2", await GetAsync(source));
        Assert.Equal("""{"role":"submitter","party":"demo"}""", issuer.LastRequest);
        Assert.Equal("http://127.0.0.1:5080/sandbox/token", issuer.LastAddress);
    }

    [Fact]
    public async Task Many_callers_at_once_ask_once()
    {
        using var issuer = new Issuer(number => $$"""{"access_token":"t{{number}}","expires_in":3600}""");
        using var source = Source(issuer);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync(source)));

        Assert.All(tokens, token => Assert.Equal("t1", token));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"access_token":"","expires_in":5}""")]
    public async Task An_answer_without_a_token_is_unauthenticated(string answer)
    {
        using var issuer = new Issuer(_ => answer);
        using var source = Source(issuer);

        var thrown = await Assert.ThrowsAsync<GatewayException>(() => GetAsync(source));

        Assert.Equal(StatusCode.Unauthenticated, thrown.Error.Code);
    }

    [Theory]
    [InlineData("http://192.0.2.1:5080")]
    [InlineData("ftp://127.0.0.1")]
    public void A_client_takes_no_address_over_which_a_token_would_travel_in_the_clear(string address) =>
        Assert.Throws<ArgumentException>(() =>
            new GatewayClient(new GatewayClientOptions { Address = new Uri(address) }));

    private SandboxTokenSource Source(Issuer issuer) =>
        new(GatewayClientOptions.LocalAddress, new SandboxIdentity("submitter", "demo"), _clock, issuer);

    private static Task<string> GetAsync(SandboxTokenSource source) =>
        source.GetAsync(TestContext.Current.CancellationToken).AsTask();

    private sealed class Issuer(Func<int, string> answer) : HttpMessageHandler
    {
        private int _asked;

        public string LastRequest { get; private set; } = "";

        public string LastAddress { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            LastRequest = await request.Content!.ReadAsStringAsync(cancellationToken);
            LastAddress = request.RequestUri!.ToString();
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer(++_asked)) };
        }
    }
}
