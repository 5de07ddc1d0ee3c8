using EcmrGateway.HotStore;
using EcmrGateway.Streaming;

namespace EcmrGateway.Scoring.Consume;

/// <summary>Up to which index the facts of each shard are scored.</summary>
internal sealed class ScoredFacts
{
    private readonly long[] _indices;

    private ScoredFacts(long[] indices) => _indices = indices;

    /// <summary>All that there is now.</summary>
    public static ScoredFacts AllOf(FactHistory history) =>
        new([.. Enumerable.Range(0, history.ShardCount).Select(history.HeadOf)]);

    /// <returns>Null: not of this ledger, or further than it is.</returns>
    public static ScoredFacts? Of(IReadOnlyDictionary<int, ShardProgress> progress, FactHistory history)
    {
        var indices = new long[history.ShardCount];
        for (var shard = 0; shard < indices.Length; shard++)
        {
            if (!progress.TryGetValue(shard, out var known) || known.ScoredIndex > history.HeadOf(shard))
            {
                return null;
            }

            indices[shard] = known.ScoredIndex;
        }

        return new(indices);
    }

    /// <summary>Positions up to here, over all shards.</summary>
    public long Total => _indices.Sum(index => index + 1);

    public void Add(long position)
    {
        ref var index = ref _indices[FactPosition.ShardOf(position)];
        index = Math.Max(index, FactPosition.IndexOf(position));
    }

    public IReadOnlyDictionary<int, long> ByShard() =>
        Enumerable.Range(0, _indices.Length).ToDictionary(shard => shard, shard => _indices[shard]);

    public Dictionary<int, ShardProgress> Progress(int rebuiltPercent) =>
        Enumerable.Range(0, _indices.Length).ToDictionary(
            shard => shard, shard => new ShardProgress(_indices[shard], rebuiltPercent));
}
