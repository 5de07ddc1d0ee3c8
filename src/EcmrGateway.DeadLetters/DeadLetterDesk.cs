using Confluent.Kafka;

namespace EcmrGateway.DeadLetters;

/// <summary>The dead letters of one partition.</summary>
/// <param name="Keys">Keys that are parked now.</param>
/// <param name="Released">By key, when it was released last.</param>
public sealed record PartitionLetters(
    int Partition, ParkedKeys Keys, IReadOnlyDictionary<string, ControlRecord> Released);

/// <summary>What an operator can see of dead letters and ask for: reads their topic and writes to no other.</summary>
/// <remarks>
/// What is asked for is a record of the topic. The process that has the partition does it, since it alone knows what
/// has been handed over; so an operator needs no right to write facts, and a request outlives whoever made it.
/// </remarks>
/// <param name="settings">Of the client, by the names of librdkafka; "bootstrap.servers" at least.</param>
/// <param name="topic">The topic of dead letters.</param>
/// <param name="limit">Longest wait for the brokers.</param>
public sealed class DeadLetterDesk(
    IReadOnlyDictionary<string, string> settings, string topic, TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>All partitions, as the topic stands now.</summary>
    /// <exception cref="KafkaException">It cannot be read.</exception>
    public Task<IReadOnlyList<PartitionLetters>> ReadAsync(CancellationToken cancellation) =>
        Task.Run<IReadOnlyList<PartitionLetters>>(() => Read(cancellation), cancellation);

    /// <summary>Asks for what is to become of a key.</summary>
    /// <param name="through">For a drop: offset of the last record that is given up.</param>
    /// <param name="reason">At most <see cref="DeadLetterRecord.ReasonLengthMax"/> characters, on record.</param>
    /// <param name="wait">How long to wait for the answer of the process that has the partition.</param>
    /// <returns>Its answer; null: it came not so soon, and may come yet.</returns>
    /// <exception cref="KafkaException">The request may not be on record; it can be made again.</exception>
    public async Task<ControlRecord?> AskAsync(
        int partition, ParkedKey key, ControlKind kind, long through, string reason, TimeSpan wait,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reason.Length, DeadLetterRecord.ReasonLengthMax);
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig(Settings())
        {
            Acks = Acks.All,
            MessageTimeoutMs = (int)limit.TotalMilliseconds,
            AllowAutoCreateTopics = false,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        var written = await producer.ProduceAsync(
            new TopicPartition(topic, partition),
            DeadLetterRecord.Control(key.KeyBytes.ToArray(), kind, through, reason, time.GetUtcNow()),
            cancellation).ConfigureAwait(false);
        return await Task.Run(() => Answer(written.TopicPartitionOffset, key.Key, wait, cancellation), cancellation)
            .ConfigureAwait(false);
    }

    private List<PartitionLetters> Read(CancellationToken cancellation)
    {
        using var consumer = Consumer();
        var letters = new Dictionary<int, (ParkedKeys Keys, Dictionary<string, ControlRecord> Released)>();
        foreach (var partition in Partitions(consumer))
        {
            letters.Add(partition, (new(), []));
        }

        consumer.Assign(letters.Keys.Select(one => new TopicPartitionOffset(topic, one, Offset.Beginning)));
        var heard = time.GetTimestamp();
        for (var left = letters.Count; left > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (consumer.Consume(Poll) is not { } record)
            {
                if (time.GetElapsedTime(heard) > limit)
                {
                    throw new KafkaException(new Error(ErrorCode.Local_TimedOut, $"No answer within {limit}."));
                }

                continue;
            }

            heard = time.GetTimestamp();
            if (record.IsPartitionEOF)
            {
                left--;
            }
            else if (DeadLetterRecord.Read(record) is { } letter)
            {
                var (keys, released) = letters[record.Partition.Value];
                keys.Apply(letter);
                if (letter is ControlRecord { Kind: ControlKind.Released } control)
                {
                    released[control.Key] = control;
                }
            }
        }

        return [.. letters.Select(one => new PartitionLetters(one.Key, one.Value.Keys, one.Value.Released))];
    }

    private ControlRecord? Answer(
        TopicPartitionOffset request, string key, TimeSpan wait, CancellationToken cancellation)
    {
        using var consumer = Consumer();
        consumer.Assign(new TopicPartitionOffset(request.TopicPartition, request.Offset + 1));
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < wait)
        {
            cancellation.ThrowIfCancellationRequested();
            if (consumer.Consume(Poll) is { IsPartitionEOF: false } record
                && DeadLetterRecord.Read(record) is ControlRecord
                {
                    Kind: ControlKind.Released or ControlKind.Kept,
                } answer
                && answer.Key == key)
            {
                return answer;
            }
        }

        return null;
    }

    private List<int> Partitions(IConsumer<byte[]?, byte[]?> consumer)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var found = admin.GetMetadata(topic, limit).Topics[0];
        return found.Error.Code == ErrorCode.NoError
            ? [.. found.Partitions.Select(one => one.PartitionId)]
            : throw new KafkaException(found.Error);
    }

    private IConsumer<byte[]?, byte[]?> Consumer() => new ConsumerBuilder<byte[]?, byte[]?>(
        new ConsumerConfig(Settings())
        {
            // Never joined; the client asks for a name.
            GroupId = "ecmr-dlt",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = true,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            AllowAutoCreateTopics = false,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    private Dictionary<string, string> Settings() => new(settings) { ["client.id"] = "ecmr-dlt" };
}
