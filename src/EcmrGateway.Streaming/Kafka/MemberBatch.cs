using Confluent.Kafka;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>A fact and the partition that it was read from.</summary>
internal readonly record struct MemberFact(StreamedFact Fact, int Partition);

/// <summary>Facts on their way from the member's thread to its consumer, and the offsets that they go up to.</summary>
internal sealed class MemberBatch
{
    private readonly Dictionary<int, (Offset Next, long Epoch)> _offsets = [];

    public List<MemberFact> Facts { get; } = [];

    /// <summary>
    /// By partition: the offset after the last record that was read, and the number of the partition's assignment,
    /// which is another when the partition was away in between.
    /// </summary>
    public IReadOnlyDictionary<int, (Offset Next, long Epoch)> Offsets => _offsets;

    public bool IsEmpty => _offsets.Count == 0;

    public void Read(TopicPartitionOffset record, long epoch) =>
        _offsets[record.Partition.Value] = (record.Offset + 1, epoch);

    /// <summary>Drops what is of another assignment than the present one.</summary>
    public void Keep(MemberAssignment assignment)
    {
        foreach (var (partition, (_, epoch)) in _offsets)
        {
            if (assignment.EpochOf(partition) != epoch)
            {
                Drop(partition);
            }
        }
    }

    public void Drop(int partition)
    {
        _offsets.Remove(partition);
        Facts.RemoveAll(fact => fact.Partition == partition);
    }
}
