using Confluent.Kafka;

namespace EcmrGateway.Benchmarks.Engines;

/// <summary>How many records have been written to a topic.</summary>
internal sealed class TopicLength(string brokers, string topic, int partitions) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly IConsumer<byte[], byte[]> _consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
    {
        BootstrapServers = brokers,
        GroupId = "not-joined",
        EnableAutoCommit = false,
    }).Build();

    /// <summary>Records of all partitions now.</summary>
    public long Now => Enumerable.Range(0, partitions).Sum(partition => Of(new(topic, partition)));

    public void Dispose() => _consumer.Dispose();

    /// <summary>0 also while the brokers do not all know yet who leads a partition that was just made.</summary>
    private long Of(TopicPartition partition)
    {
        try
        {
            return _consumer.QueryWatermarkOffsets(partition, Limit).High.Value;
        }
        catch (KafkaException unknown) when (unknown.Error.Code == ErrorCode.NotLeaderForPartition)
        {
            return 0;
        }
    }
}
