using EcmrGateway.Ledger;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>Leases in memory, with a clock of their own and faults on demand.</summary>
internal sealed class InMemoryLeases(int shards, TimeProvider time) : IRelayLeases
{
    private readonly Lock _lock = new();
    private readonly Row[] _rows = [.. Enumerable.Range(0, shards).Select(_ => new Row())];
    private readonly Dictionary<string, long> _alive = [];

    /// <summary>Called before each change of a place; may throw.</summary>
    public Action<int, long>? OnAdvance { get; set; }

    /// <summary>Whether leases can be asked for.</summary>
    public bool Away { get; set; }

    public long RelayedOf(int shard)
    {
        lock (_lock)
        {
            return _rows[shard].Relayed;
        }
    }

    public string? OwnerOf(int shard)
    {
        lock (_lock)
        {
            return _rows[shard].Owner;
        }
    }

    /// <summary>Gives a shard to another owner, as if its lease had ended.</summary>
    public RelayLease Take(int shard, string owner)
    {
        lock (_lock)
        {
            var row = _rows[shard];
            row.Owner = owner;
            row.Term++;
            row.Until = time.GetTimestamp() + (3600 * time.TimestampFrequency);
            return new(shard, row.Term, row.Relayed);
        }
    }

    public ValueTask<IReadOnlyList<RelayLease>> HoldAsync(
        string owner, TimeSpan duration, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Check();
            var now = time.GetTimestamp();
            var until = now + (long)(duration.TotalSeconds * time.TimestampFrequency);
            _alive[owner] = until;
            var living = _alive.Count(other => other.Value > now);
            var share = (_rows.Length + living - 1) / living;
            var held = 0;
            foreach (var row in _rows)
            {
                var mine = row.Owner == owner && row.Until > now;
                if (mine && held >= share)
                {
                    row.Owner = null;
                }
                else if (mine)
                {
                    row.Until = until;
                    held++;
                }
            }

            foreach (var row in _rows.Where(row => row.Owner is null || row.Until <= now))
            {
                if (held >= share)
                {
                    break;
                }

                (row.Owner, row.Term, row.Until) = (owner, row.Term + 1, until);
                held++;
            }

            return ValueTask.FromResult<IReadOnlyList<RelayLease>>(
                [
                    .. _rows.Index().Where(row => row.Item.Owner == owner)
                        .Select(row => new RelayLease(row.Index, row.Item.Term, row.Item.Relayed)),
                ]);
        }
    }

    public ValueTask<bool> AdvanceAsync(RelayLease lease, long relayed, CancellationToken cancellation)
    {
        OnAdvance?.Invoke(lease.Shard, relayed);
        lock (_lock)
        {
            Check();
            var row = _rows[lease.Shard];
            if (row.Term != lease.Term)
            {
                return ValueTask.FromResult(false);
            }

            row.Relayed = Math.Max(row.Relayed, relayed);
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask ReleaseAsync(string owner, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _alive.Remove(owner);
            foreach (var row in _rows.Where(row => row.Owner == owner))
            {
                row.Owner = null;
            }

            return ValueTask.CompletedTask;
        }
    }

    private void Check()
    {
        if (Away)
        {
            throw new IOException("The ledger is away.");
        }
    }

    private sealed class Row
    {
        public string? Owner { get; set; }

        public long Term { get; set; }

        public long Relayed { get; set; } = -1;

        public long Until { get; set; }
    }
}
