using System.Collections.Immutable;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Which partitions a member has; written by its thread, read by its consumer.</summary>
/// <param name="shards">Shards of the ledger.</param>
/// <param name="partitions">Partitions of the topic.</param>
internal sealed class MemberAssignment(int shards, int partitions)
{
    private ImmutableDictionary<int, long> _epochs = ImmutableDictionary<int, long>.Empty;
    private long _epoch;

    /// <summary>Shards whose facts come to this member now, in order.</summary>
    public IReadOnlyList<int> Shards()
    {
        var epochs = Volatile.Read(ref _epochs);
        return [.. Enumerable.Range(0, shards).Where(shard => epochs.ContainsKey(shard % partitions))];
    }

    public IEnumerable<int> ShardsOf(int partition) =>
        Enumerable.Range(0, shards).Where(shard => shard % partitions == partition);

    /// <summary>Whether the facts of a shard are in a partition.</summary>
    public bool Holds(int partition, int shard) => shard < shards && shard % partitions == partition;

    public IReadOnlyCollection<int> Partitions => [.. Volatile.Read(ref _epochs).Keys];

    /// <returns>Null: the partition is not assigned.</returns>
    public long? EpochOf(int partition) =>
        Volatile.Read(ref _epochs).TryGetValue(partition, out var epoch) ? epoch : null;

    public void Add(int partition) => Volatile.Write(ref _epochs, _epochs.SetItem(partition, ++_epoch));

    public void Remove(int partition) => Volatile.Write(ref _epochs, _epochs.Remove(partition));

    public void Clear() => Volatile.Write(ref _epochs, _epochs.Clear());
}
