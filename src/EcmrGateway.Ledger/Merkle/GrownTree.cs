namespace EcmrGateway.Ledger.Merkle;

/// <summary>
/// A tree right after leaves were appended: its root, its new frontier, and every node a new leaf's proof needs.
/// </summary>
/// <remarks>
/// Level by level the nodes that the new leaves complete are computed once, with the old subtree before them where the
/// first of them needs a left sibling. Never changed after construction, so many threads may make proofs from it.
/// </remarks>
internal sealed class GrownTree : IMerkleNodes
{
    private readonly Level[] _levels;

    /// <summary>At each level the hash over the last leaves, fewer than the level has room for or not.</summary>
    private readonly byte[] _rightEdge;

    private GrownTree(long size, Level[] levels, byte[] rightEdge, TreeFrontier frontier)
    {
        Size = size;
        _levels = levels;
        _rightEdge = rightEdge;
        Frontier = frontier;
    }

    public long Size { get; }

    public TreeFrontier Frontier { get; }

    public ReadOnlyMemory<byte> Root => Edge(_levels.Length - 1);

    /// <param name="leafHashes">32 bytes for each new leaf; kept, so it must not change any more.</param>
    public static GrownTree Grow(TreeFrontier old, ReadOnlyMemory<byte> leafHashes)
    {
        var count = leafHashes.Length / MerkleHash.Length;
        ArgumentOutOfRangeException.ThrowIfZero(count);
        var size = old.Size + count;
        var levels = new Level[MerkleProofs.LevelsOf(size) + 1];
        var fresh = new Level(old.Size, leafHashes);
        for (var level = 0; level < levels.Length; level++)
        {
            levels[level] = WithLeftSibling(fresh, old, level);
            fresh = Above(levels[level]);
        }

        return new(size, levels, RightEdge(levels, size), NextFrontier(levels, size));
    }

    public ReadOnlyMemory<byte> Node(int level, long index) =>
        (index + 1) << level <= Size ? _levels[level].At(index) : Edge(level);

    /// <summary>Complete nodes of a level that the new leaves completed, with their indices.</summary>
    public IEnumerable<(long Index, ReadOnlyMemory<byte> Hash)> CompletedAt(int level, long oldSize)
    {
        for (var index = oldSize >> level; level < _levels.Length && (index + 1) << level <= Size; index++)
        {
            yield return (index, _levels[level].At(index));
        }
    }

    /// <summary>Hashes of the leaves from an index on, side by side; those appended must be among them.</summary>
    public ReadOnlyMemory<byte> LeavesFrom(long index) => _levels[0].From(index);

    private ReadOnlyMemory<byte> Edge(int level) => _rightEdge.AsMemory(level * MerkleHash.Length, MerkleHash.Length);

    private static Level WithLeftSibling(Level fresh, TreeFrontier old, int level)
    {
        if (!old.Has(level))
        {
            return fresh;
        }

        var hashes = new byte[fresh.Hashes.Length + MerkleHash.Length];
        old.Subtrees[level].CopyTo(hashes);
        fresh.Hashes.CopyTo(hashes.AsMemory(MerkleHash.Length));
        return new(fresh.Start - 1, hashes);
    }

    private static Level Above(Level below)
    {
        var pairs = below.Count / 2;
        var hashes = new byte[pairs * MerkleHash.Length];
        for (var pair = 0; pair < pairs; pair++)
        {
            var children = below.Hashes.Span.Slice(pair * 2 * MerkleHash.Length, 2 * MerkleHash.Length);
            MerkleHash.Node(
                children[..MerkleHash.Length], children[MerkleHash.Length..],
                hashes.AsSpan(pair * MerkleHash.Length, MerkleHash.Length));
        }

        return new(below.Start >> 1, hashes);
    }

    private static byte[] RightEdge(Level[] levels, long size)
    {
        var edge = new byte[levels.Length * MerkleHash.Length];
        levels[0].At(size - 1).Span.CopyTo(edge);
        for (var level = 0; level + 1 < levels.Length; level++)
        {
            var index = (size - 1) >> level;
            var at = edge.AsSpan(level * MerkleHash.Length, MerkleHash.Length);
            var above = edge.AsSpan((level + 1) * MerkleHash.Length, MerkleHash.Length);
            if (index % 2 == 1)
            {
                MerkleHash.Node(levels[level].At(index - 1).Span, at, above);
            }
            else
            {
                at.CopyTo(above);
            }
        }

        return edge;
    }

    private static TreeFrontier NextFrontier(Level[] levels, long size)
    {
        var subtrees = new ReadOnlyMemory<byte>[TreeFrontier.LevelsMax];
        for (var level = 0; level < levels.Length; level++)
        {
            if (((size >> level) & 1) == 1)
            {
                // Copied: a frontier lives on, and must not keep a whole batch in memory.
                subtrees[level] = levels[level].At((size >> level) - 1).ToArray();
            }
        }

        return new(size, subtrees);
    }

    /// <summary>Neighbouring nodes of one level, from <paramref name="Start"/> on.</summary>
    private readonly record struct Level(long Start, ReadOnlyMemory<byte> Hashes)
    {
        public int Count => Hashes.Length / MerkleHash.Length;

        public ReadOnlyMemory<byte> From(long index) =>
            Hashes[(checked((int)(index - Start)) * MerkleHash.Length)..];

        public ReadOnlyMemory<byte> At(long index) =>
            Hashes.Slice(checked((int)(index - Start)) * MerkleHash.Length, MerkleHash.Length);
    }
}
