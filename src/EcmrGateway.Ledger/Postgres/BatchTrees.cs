using Ecmr.Receipt.V1;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>The trees that receipts of recorded entries were made from lately. May be used by many at once.</summary>
/// <remarks>
/// Who did not hear the answer sends again, and then whole batches. A receipt from a tree that nobody kept takes two
/// reads and 256 hashes; from one that is here it takes no read, and what of its path no other receipt had.
/// </remarks>
internal sealed class BatchTrees(NpgsqlDataSource source, PostgresQueries queries)
{
    /// <summary>Each has the hashes of up to two thousand leaves and of the nodes above its batch: 200 KiB.</summary>
    private const int KeptMax = 64;

    private readonly LinkedList<Kept> _kept = [];

    /// <returns>Null when there is no entry at the position.</returns>
    public async Task<BatchTree?> OfAsync(LedgerPosition position, CancellationToken cancellation)
    {
        if (Find(position) is not { } kept)
        {
            if (await queries.BatchAsync(position, cancellation) is not { } batch)
            {
                return null;
            }

            kept = Keep(position, batch.First, batch.Head);
        }

        try
        {
            return await kept.Tree.WaitAsync(cancellation);
        }
        catch when (kept.Tree.IsFaulted)
        {
            // The next caller reads it again.
            Forget(kept);
            throw;
        }
    }

    private Kept? Find(LedgerPosition position)
    {
        lock (_kept)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Holds(position))
                {
                    _kept.Remove(node);
                    _kept.AddFirst(node);
                    return node.Value;
                }
            }
        }

        return null;
    }

    /// <returns>That of another caller who was faster; otherwise a new one, which is being read.</returns>
    private Kept Keep(LedgerPosition position, long first, TreeHead head)
    {
        lock (_kept)
        {
            if (Find(position) is { } faster)
            {
                return faster;
            }

            // Not for one caller alone, so that none of them can cancel it.
            var kept = new Kept(
                position.Shard, first, (long)head.TreeSize, BatchTree.ReadAsync(source, position.Shard, first, head));
            _kept.AddFirst(kept);
            if (_kept.Count > KeptMax)
            {
                _kept.RemoveLast();
            }

            return kept;
        }
    }

    private void Forget(Kept kept)
    {
        lock (_kept)
        {
            _kept.Remove(kept);
        }
    }

    private sealed record Kept(int Shard, long First, long Size, Task<BatchTree> Tree)
    {
        public bool Holds(LedgerPosition position) =>
            position.Shard == Shard && position.Index >= First && position.Index < Size;
    }
}
