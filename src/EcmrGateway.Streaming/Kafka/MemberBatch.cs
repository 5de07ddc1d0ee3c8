using Confluent.Kafka;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>A fact and the partition that it was read from.</summary>
internal readonly record struct MemberFact(StreamedFact Fact, int Partition);

/// <summary>Facts on their way from the member's thread to its consumer, and the offsets that they go up to.</summary>
internal sealed class MemberBatch
{
    private readonly Dictionary<int, (Offset Next, long Epoch)> _offsets = [];
    private readonly List<Task> _parked = [];
    private long _parkedSince;

    public List<MemberFact> Facts { get; } = [];

    /// <summary>Parked keys whose records end in this batch.</summary>
    public List<Settlement> Settlements { get; } = [];

    /// <summary>
    /// By partition: the offset after the last record that was read, and the number of the partition's assignment,
    /// which is another when the partition was away in between.
    /// </summary>
    public IReadOnlyDictionary<int, (Offset Next, long Epoch)> Offsets => _offsets;

    public bool IsEmpty => _offsets.Count == 0 && Facts.Count == 0 && Settlements.Count == 0;

    /// <summary>Records that were parked instead of being handed over.</summary>
    public int Parked => _parked.Count;

    public int Length => Facts.Count + Parked;

    public void Read(TopicPartitionOffset record, long epoch) =>
        _offsets[record.Partition.Value] = (record.Offset + 1, epoch);

    /// <summary>A record has been sent to the topic of dead letters.</summary>
    public void Park(Task delivery, TimeProvider time)
    {
        _parkedSince = _parked.Count == 0 ? time.GetTimestamp() : _parkedSince;
        _parked.Add(delivery);
    }

    /// <summary>
    /// Whether all that was parked is on its topic. Before that nothing of the batch may have an effect: the consumer
    /// would know later facts of the shard, and a crash would make it pass over those that were to be parked.
    /// </summary>
    /// <exception cref="KafkaException">It is not, and will not be.</exception>
    public bool IsParked(TimeSpan limit, TimeProvider time)
    {
        foreach (var delivery in _parked)
        {
            if (delivery.IsFaulted)
            {
                delivery.GetAwaiter().GetResult();
            }

            if (!delivery.IsCompleted)
            {
                return time.GetElapsedTime(_parkedSince) < limit ? false : throw DeadLetters.NotAnswered();
            }
        }

        return true;
    }

    /// <summary>Drops what is of another assignment than the present one.</summary>
    public void Keep(MemberAssignment assignment)
    {
        int[] partitions =
        [
            .. _offsets.Keys, .. Facts.Select(fact => fact.Partition), .. Settlements.Select(one => one.Partition),
        ];
        foreach (var partition in partitions.Distinct())
        {
            if (assignment.EpochOf(partition) is not { } epoch
                || (_offsets.TryGetValue(partition, out var offset) && offset.Epoch != epoch)
                || Settlements.Exists(one => one.Partition == partition && one.Epoch != epoch))
            {
                Drop(partition);
            }
        }
    }

    public void Drop(int partition)
    {
        _offsets.Remove(partition);
        Facts.RemoveAll(fact => fact.Partition == partition);
        Settlements.RemoveAll(one => one.Partition == partition);
    }
}
