using System.Globalization;
using Confluent.Kafka;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>A broker inside the client library: it speaks the protocol and keeps nothing.</summary>
internal sealed class MockBroker : IDisposable
{
    private readonly IAdminClient _client;

    public MockBroker()
    {
        var settings = new AdminClientConfig { BootstrapServers = "mock:9092" };
        settings.Set("test.mock.num.brokers", "1");
        _client = new AdminClientBuilder(settings).SetLogHandler((_, _) => { }).Build();
        var broker = _client.GetMetadata(TimeSpan.FromSeconds(10)).Brokers[0];
        BootstrapServers = string.Create(CultureInfo.InvariantCulture, $"{broker.Host}:{broker.Port}");
    }

    public string BootstrapServers { get; }

    /// <summary>To ask for a topic makes it, with four partitions.</summary>
    public void Make(string topic) => _client.GetMetadata(topic, TimeSpan.FromSeconds(10));

    public void Dispose() => _client.Dispose();
}
