using EcmrGateway.Ledger.Merkle;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>What appending to a shard starts from.</summary>
/// <param name="FactIndex">Index of the newest entry with a fact; -1: none.</param>
internal sealed record ShardHead(TreeFrontier Frontier, long FactIndex)
{
    public long Size => Frontier.Size;

    /// <summary>The complete subtrees, from the lowest level up; which levels they have is in the size.</summary>
    public static byte[] Write(TreeFrontier frontier)
    {
        var bytes = new List<byte>();
        for (var level = 0; level < TreeFrontier.LevelsMax; level++)
        {
            if (frontier.Has(level))
            {
                bytes.AddRange(frontier.Subtrees[level].Span);
            }
        }

        return [.. bytes];
    }

    /// <exception cref="LedgerOpenException">The row does not hold what its size needs.</exception>
    public static TreeFrontier Read(long size, byte[] bytes)
    {
        var subtrees = new ReadOnlyMemory<byte>[TreeFrontier.LevelsMax];
        var frontier = new TreeFrontier(size, subtrees);
        var next = 0;
        for (var level = 0; level < TreeFrontier.LevelsMax; level++)
        {
            if (frontier.Has(level) && next + MerkleHash.Length <= bytes.Length)
            {
                subtrees[level] = bytes.AsMemory(next, MerkleHash.Length);
                next += MerkleHash.Length;
            }
        }

        return next == bytes.Length && next == long.PopCount(size) * MerkleHash.Length
            ? frontier
            : throw new LedgerOpenException("The ledger is damaged: a shard's tree does not fit its size.");
    }
}
