using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EcmrGateway.Benchmarks.Engines;

/// <summary>What a bare producer reaches with the records of a topic, when it hears of each that it is there.</summary>
internal static class ProducerFloor
{
    private const string Topic = "floor";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <param name="topic">Has each record twice, one half after the other.</param>
    /// <returns>Records a second, of a second time: the first is for the compiler, as it is for the relay.</returns>
    public static async Task<double> RunAsync(string brokers, string topic, int partitions)
    {
        var records = Read(brokers, topic, partitions);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = brokers }).Build();
        await admin.CreateTopicsAsync(
            [new TopicSpecification { Name = Topic, NumPartitions = partitions, ReplicationFactor = 1 }]);

        // Settings of the relay, as far as a bare producer has them.
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = brokers,
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = 3,
            CompressionType = CompressionType.Lz4,
            QueueBufferingMaxMessages = 65_536,
            DeliveryReportFields = "status",
        }).Build();
        Send(producer, records);
        return Send(producer, records);
    }

    private static double Send(IProducer<byte[], byte[]> producer, List<ConsumeResult<byte[], byte[]>> records)
    {
        var heard = 0;
        var started = Stopwatch.GetTimestamp();
        foreach (var record in records)
        {
            var message = new Message<byte[], byte[]>
            {
                Key = record.Message.Key,
                Value = record.Message.Value,
                Headers = record.Message.Headers,
            };
            while (!TryProduce(producer, new(Topic, record.Partition), message, Heard))
            {
                producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }

        producer.Flush(Limit);
        var rate = records.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        return heard == records.Count
            ? rate
            : throw new InvalidOperationException($"Only {heard} of {records.Count} records are on the topic.");

        void Heard(DeliveryReport<byte[], byte[]> report)
        {
            if (report.Status == PersistenceStatus.Persisted)
            {
                Interlocked.Increment(ref heard);
            }
        }
    }

    /// <summary>The first half of each partition.</summary>
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
        var ends = Enumerable.Range(0, partitions).Select(
            partition => consumer.QueryWatermarkOffsets(new(topic, partition), TimeSpan.FromSeconds(10)).High.Value / 2)
            .ToArray();
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
            else if (record.Offset.Value < ends[record.Partition.Value])
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
