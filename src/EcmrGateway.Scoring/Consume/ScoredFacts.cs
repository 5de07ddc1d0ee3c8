using EcmrGateway.HotStore.Progress;
using EcmrGateway.Streaming;

namespace EcmrGateway.Scoring.Consume;

/// <summary>Up to which index the facts are scored, of the shards that this process has.</summary>
internal sealed class ScoredFacts
{
    private readonly Dictionary<int, long> _indices = [];

    public IReadOnlyCollection<int> Shards => _indices.Keys;

    /// <summary>Positions of the shards' facts that are not scored.</summary>
    public long Behind(FactHistory history) =>
        _indices.Sum(shard => Math.Max(0, history.HeadOf(shard.Key) - shard.Value));

    /// <exception cref="KeyNotFoundException">It is not a shard of this process.</exception>
    public long IndexOf(int shard) => _indices[shard];

    public bool Covers(long position) =>
        _indices.TryGetValue(FactPosition.ShardOf(position), out var index)
        && FactPosition.IndexOf(position) <= index;

    /// <summary>Takes in a shard that has come to this process.</summary>
    public void Begin(int shard, long index) => _indices[shard] = index;

    public void End(int shard) => _indices.Remove(shard);

    public void Add(long position)
    {
        var (shard, index) = (FactPosition.ShardOf(position), FactPosition.IndexOf(position));
        if (_indices.TryGetValue(shard, out var scored) && scored < index)
        {
            _indices[shard] = index;
        }
    }

    public Dictionary<int, ShardProgress> Progress(Func<int, int> rebuiltPercent) =>
        _indices.ToDictionary(shard => shard.Key, shard => new ShardProgress(shard.Value, rebuiltPercent(shard.Key)));
}
