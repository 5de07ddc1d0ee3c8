using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EcmrGateway.Benchmarks.Engines;

/// <summary>What a bare producer reaches with the records of a topic, when it hears of each that it is there.</summary>
internal sealed class ProducerFloor : IDisposable
{
    private const string Topic = "floor";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly List<ConsumeResult<byte[], byte[]>> _records;
    private readonly IProducer<byte[], byte[]> _producer;

    private ProducerFloor(List<ConsumeResult<byte[], byte[]>> records, IProducer<byte[], byte[]> producer) =>
        (_records, _producer) = (records, producer);

    /// <summary>Reads the records and sends them once: the first time is for the compiler, as it is for the relay.
    /// </summary>
    /// <param name="topic">That has the records.</param>
    public static async Task<ProducerFloor> OpenAsync(string brokers, string topic, int partitions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = brokers }).Build();
        await admin.CreateTopicsAsync(
            [new TopicSpecification { Name = Topic, NumPartitions = partitions, ReplicationFactor = 1 }]);

        // Settings of the relay, as far as a bare producer has them.
        var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = brokers,
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = 5,
            CompressionType = CompressionType.Lz4,
            QueueBufferingMaxMessages = 65_536,
            DeliveryReportFields = "status",
        }).Build();
        var floor = new ProducerFloor(Read(brokers, topic, partitions), producer);
        floor.Send();
        return floor;
    }

    public void Dispose() => _producer.Dispose();

    /// <returns>Records a second.</returns>
    public double Send()
    {
        var heard = 0;
        var started = Stopwatch.GetTimestamp();
        foreach (var record in _records)
        {
            var message = new Message<byte[], byte[]>
            {
                Key = record.Message.Key,
                Value = record.Message.Value,
                Headers = record.Message.Headers,
            };
            while (!TryProduce(_producer, new(Topic, record.Partition), message, Heard))
            {
                _producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }

        _producer.Flush(Limit);
        var rate = _records.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        return heard == _records.Count
            ? rate
            : throw new InvalidOperationException($"Only {heard} of {_records.Count} records are on the topic.");

        void Heard(DeliveryReport<byte[], byte[]> report)
        {
            if (report.Status == PersistenceStatus.Persisted)
            {
                Interlocked.Increment(ref heard);
            }
        }
    }

    private static List<ConsumeResult<byte[], byte[]>> Read(string brokers, string topic, int partitions)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = brokers,
            GroupId = "not-joined",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
        }).Build();
        consumer.Assign(Enumerable.Range(0, partitions)
            .Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        List<ConsumeResult<byte[], byte[]>> records = [];
        for (var left = partitions; left > 0;)
        {
            if (consumer.Consume(TimeSpan.FromSeconds(1)) is not { } record)
            {
                continue;
            }

            if (record.IsPartitionEOF)
            {
                left--;
            }
            else
            {
                records.Add(record);
            }
        }

        return records;
    }

    private static bool TryProduce(
        IProducer<byte[], byte[]> producer, TopicPartition partition, Message<byte[], byte[]> message,
        Action<DeliveryReport<byte[], byte[]>> heard)
    {
        try
        {
            producer.Produce(partition, message, heard);
            return true;
        }
        catch (ProduceException<byte[], byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
    }
}
