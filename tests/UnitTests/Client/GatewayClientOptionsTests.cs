using EcmrGateway.Client;
using Xunit;

namespace EcmrGateway.UnitTests.Client;

public sealed class GatewayClientOptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5082")]
    [InlineData("https://one.example", "https://two.example:8443")]
    public void Copies_may_have_addresses_of_their_own(string one, string other)
    {
        using var client = new GatewayClient(Options(one, other));

        Assert.NotNull(client.Ingress);
    }

    [Theory]
    [InlineData("https://one.example", "http://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:5080", "http://two.example")]
    [InlineData("http://127.0.0.1:5080", "ftp://127.0.0.1")]
    public void An_address_of_a_copy_is_held_to_the_rules_of_the_first(string one, string other)
    {
        Assert.Throws<ArgumentException>(() => new GatewayClient(Options(one, other)));
    }

    [Fact]
    public void Copies_have_a_limit()
    {
        var many = Enumerable.Repeat("http://127.0.0.1:5080", 65).ToArray();

        Assert.Throws<ArgumentOutOfRangeException>(() => new GatewayClient(Options(many[0], many)));
    }

    private static GatewayClientOptions Options(string one, params string[] others) =>
        new() { Address = new(one), MoreAddresses = [.. others.Select(other => new Uri(other))] };
}
