using System.Globalization;
using System.Text;
using Confluent.Kafka;
using EcmrGateway.Ledger;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>What is on a topic, for a reader without a group.</summary>
internal static class WrittenTopic
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Reads until so many different facts were there; the order within each partition is that of the topic.
    /// </summary>
    public static Task<List<ConsumeResult<byte[], byte[]>>> ReadAsync(
        string bootstrapServers, string topic, int partitions, int facts) => Task.Run(() =>
    {
        using var consumer = Consumer(bootstrapServers);
        consumer.Assign(Enumerable.Range(0, partitions)
            .Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var records = new List<ConsumeResult<byte[], byte[]>>();
        var different = new HashSet<string>();
        var start = TimeProvider.System.GetTimestamp();
        while (different.Count < facts)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(start) < Limit, $"Only {different.Count} of {facts} facts came.");
            try
            {
                if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } record)
                {
                    records.Add(record);
                    different.Add(Header(record, "ce_id"));
                }
            }
            catch (ConsumeException away) when (!away.Error.IsFatal)
            {
                // The topic is not known yet; the client asks again.
            }
        }

        return records;
    });

    /// <summary>Records of a partition that were ever written.</summary>
    public static Task<long> CountAsync(string bootstrapServers, string topic, int partition) => Task.Run(() =>
    {
        using var consumer = Consumer(bootstrapServers);
        return consumer.QueryWatermarkOffsets(new(topic, partition), Limit).High.Value;
    });

    public static string Header(ConsumeResult<byte[], byte[]> record, string name) =>
        record.Message.Headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : "";

    public static LedgerPosition PositionOf(ConsumeResult<byte[], byte[]> record)
    {
        var parts = Header(record, "ce_id").Split(':');
        return LedgerPosition.Of(
            int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>A fact may come twice, but never before a fact of its shard that precedes it has come.</summary>
    public static void AssertNoGap(
        IEnumerable<ConsumeResult<byte[], byte[]>> records, int shard, IEnumerable<long> indices) =>
        Assert.Equal(
            indices,
            records.Select(PositionOf).Where(position => position.Shard == shard).Select(position => position.Index)
                .Distinct());

    private static IConsumer<byte[], byte[]> Consumer(string bootstrapServers) =>
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrapServers,
            GroupId = "not-joined",
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
        })
        .SetLogHandler((_, _) => { })
        .SetErrorHandler((_, _) => { })
        .Build();
}
