using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Relay;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace EcmrGateway.UnitTests.Streaming;

public sealed class StreamOptionsTests
{
    [Fact]
    public void Defaults_are_the_ledger_and_valid() => Assert.Equal("Ledger", Bound([]).Engine);

    [Fact]
    public void Kafka_needs_brokers()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Bound(new() { ["Stream:Engine"] = "Kafka" }));
        Assert.Contains("Stream:Kafka:BootstrapServers", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kafka_with_brokers_is_valid()
    {
        var options = Bound(Kafka());

        Assert.Equal("ecmr.facts.v1", options.Kafka.Topic);
        Assert.Equal("ecmr.facts.v1.dlt", options.Kafka.DeadLetterTopic);
    }

    [Theory]
    [InlineData("Stream:Engine", "Other")]
    [InlineData("Stream:Kafka:Topic", "mixed_names.v1")]
    [InlineData("Stream:Kafka:Partitions", "0")]
    [InlineData("Stream:Kafka:Partitions", "4097")]
    [InlineData("Stream:Kafka:MinInSyncReplicas", "4")]
    [InlineData("Stream:Kafka:ConsumerProtocol", "7")]
    [InlineData("Stream:Kafka:SessionTimeout", "00:06:00")]
    [InlineData("Stream:Kafka:Settings:acks", "1")]
    [InlineData("Stream:Kafka:Settings:Enable.Auto.Commit", "false")]
    [InlineData("Stream:Kafka:SettingFiles:sasl.password", "/nonexistent/password")]
    [InlineData("Stream:Relay:Source", "https://example.org")]
    [InlineData("Stream:Relay:LeaseDuration", "00:00:29")]
    [InlineData("Stream:Relay:DeliveryTimeout", "00:00:11")]
    [InlineData("Stream:Relay:QueueLengthMax", "4095")]
    [InlineData("Stream:Relay:InFlightMax", "0")]
    public void A_value_outside_its_limits_is_refused_by_name(string key, string value)
    {
        var settings = Kafka();
        settings[key] = value;

        var failure = Assert.Throws<OptionsValidationException>(() => Bound(settings));

        Assert.Contains(key.Split(':').Skip(1).Take(2).Last(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_relay_is_there_with_kafka_only()
    {
        Assert.DoesNotContain(Relay([]), service => service.ImplementationType == typeof(FactRelay));
        Assert.Contains(Relay(Kafka()), service => service.ImplementationType == typeof(FactRelay));
    }

    private static Dictionary<string, string?> Kafka() => new()
    {
        ["Stream:Engine"] = "Kafka",
        ["Stream:Kafka:BootstrapServers"] = "127.0.0.1:9092",
    };

    private static List<ServiceDescriptor> Relay(Dictionary<string, string?> settings) =>
    [
        .. new ServiceCollection().AddFactRelay(Configuration(settings))
            .Where(service => service.ServiceType == typeof(IHostedService)),
    ];

    private static IConfigurationRoot Configuration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static StreamOptions Bound(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(Configuration(settings))
        .AddFactStream()
        .BuildServiceProvider()
        .GetRequiredService<IOptions<StreamOptions>>().Value;
}
