using EcmrGateway.HotStore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace EcmrGateway.UnitTests.HotStore;

public sealed class HotStoreOptionsTests
{
    [Fact]
    public void Defaults_are_embedded_and_valid() =>
        Assert.Equal(HotStoreEngine.Embedded, Bound([]).Engine);

    [Fact]
    public void Redis_needs_a_connection_string()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Bound(new() { ["HotStore:Engine"] = "Redis" }));
        Assert.Contains("ConnectionString", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HotStore:TimeoutMs", "49")]
    [InlineData("HotStore:TimeoutMs", "60001")]
    [InlineData("HotStore:ProfileTtl", "00:59:59")]
    [InlineData("HotStore:RankingTtl", "31.00:00:00")]
    [InlineData("HotStore:EmbeddedMemoryMiB", "63")]
    [InlineData("HotStore:EmbeddedIndexMiB", "0")]
    [InlineData("HotStore:PasswordFile", "/nonexistent/password")]
    [InlineData("HotStore:Engine", "7")]
    public void A_value_outside_its_limits_is_refused(string key, string value) =>
        Assert.Throws<OptionsValidationException>(() => Bound(new() { [key] = value }));

    [Fact]
    public void Every_error_is_told_at_once()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Bound(new()
        {
            ["HotStore:Engine"] = "Redis",
            ["HotStore:PasswordFile"] = "/nonexistent/password",
            ["HotStore:EmbeddedMemoryMiB"] = "64",
        }));

        Assert.Equal(3, failure.Failures.Count());
    }

    private static HotStoreOptions Bound(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddHotStore()
        .BuildServiceProvider()
        .GetRequiredService<IOptions<HotStoreOptions>>().Value;
}
