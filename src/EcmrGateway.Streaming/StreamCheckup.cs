using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EcmrGateway.Streaming.Kafka;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming;

/// <summary>Looks at the brokers and topics of the settings, and changes nothing: it makes no topic.</summary>
public static class StreamCheckup
{
    public static async Task<StreamReport> AskAsync(
        StreamOptions options, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var looking = Options.Create(options with { Kafka = options.Kafka with { CreateTopic = false } });
        try
        {
            await using var health = new BrokerHealth(looking, time);
            var state = await health.AskAsync(cancellation);
            if (state is BrokerState.Away or BrokerState.NoTopic)
            {
                return new() { State = state };
            }

            using var topics = new TopicCheck(looking, time, NullLogger<TopicCheck>.Instance);
            return new()
            {
                State = state,
                Problem = await ProblemOfAsync(topics, cancellation),
                GroupLag = await GroupLagAsync(options.Kafka, time, cancellation),
            };
        }
        catch (InvalidOperationException failure)
        {
            return new() { State = BrokerState.Away, Problem = failure.Message };
        }
    }

    private static async Task<string?> ProblemOfAsync(TopicCheck topics, CancellationToken cancellation)
    {
        try
        {
            return await topics.TryAsync(cancellation) ? null : "The brokers do not tell the settings of the topics.";
        }
        catch (TopicException refusal)
        {
            return refusal.Message;
        }
    }

    /// <returns>Records of all partitions behind what the group has done; null: the brokers do not tell.</returns>
    private static async Task<long?> GroupLagAsync(
        KafkaOptions kafka, TimeProvider time, CancellationToken cancellation)
    {
        using var admin = new AdminClientBuilder(KafkaSettings.Admin(kafka))
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((_, _) => { })
            .Build();
        var partitions = Enumerable.Range(0, kafka.Partitions)
            .Select(partition => new TopicPartition(kafka.Topic, partition)).ToList();
        try
        {
            var done = await DoneAsync(kafka, partitions, time, cancellation);
            var ends = await OffsetsAsync(admin, kafka, partitions, OffsetSpec.Latest(), cancellation);
            var begins = await OffsetsAsync(admin, kafka, partitions, OffsetSpec.Earliest(), cancellation);

            // Where the group has not begun its offset is a name of the beginning: a negative number.
            return done.Sum(one => Math.Max(
                0, ends[one.Partition.Value] - Math.Max(begins[one.Partition.Value], one.Offset.Value)));
        }
        catch (KafkaException)
        {
            return null;
        }
    }

    private static Task<List<TopicPartitionOffset>> DoneAsync(
        KafkaOptions kafka, List<TopicPartition> partitions, TimeProvider time, CancellationToken cancellation) =>
        Task.Run(
            () =>
            {
                // It never joins the group.
                using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(KafkaSettings.PartitionReader(kafka))
                    .SetLogHandler((_, _) => { })
                    .SetErrorHandler((_, _) => { })
                    .Build();
                return GroupOffsets.Read(consumer, partitions, kafka.RequestTimeout, time, cancellation);
            },
            cancellation);

    private static async Task<Dictionary<int, long>> OffsetsAsync(
        IAdminClient admin, KafkaOptions kafka, IEnumerable<TopicPartition> partitions, OffsetSpec which,
        CancellationToken cancellation)
    {
        var found = await admin.ListOffsetsAsync(
            partitions.Select(one => new TopicPartitionOffsetSpec { TopicPartition = one, OffsetSpec = which }),
            new ListOffsetsOptions { RequestTimeout = kafka.RequestTimeout }).WaitAsync(cancellation);
        return found.ResultInfos.Select(one => one.TopicPartitionOffsetError)
            .ToDictionary(one => one.Partition.Value, one => one.Offset.Value);
    }
}

/// <summary>What the brokers say of the topics.</summary>
public sealed record StreamReport
{
    public BrokerState State { get; init; }

    /// <summary>Why a start would refuse the topics, or the client cannot be set up; null: they are well.</summary>
    public string? Problem { get; init; }

    /// <summary>Records that the consumer group has not done yet; null: not known.</summary>
    public long? GroupLag { get; init; }
}
