namespace EcmrGateway.Ledger.Merkle;

/// <summary>
/// A tree whose nodes are on disk, at any size it once had. For one thread, while its rows can be read.
/// </summary>
/// <remarks>
/// Stored are the leaves and every eighth level. A node between is folded from at most 256 stored ones, which lie side
/// by side; a proof reads at most two such tiles for each stored level. What was read or made once is kept.
/// </remarks>
internal sealed class StoredTree(ITreeRows rows, long size) : IMerkleNodes
{
    /// <summary>Levels from one stored level to the next.</summary>
    public const int Stride = 8;

    private readonly Dictionary<(int Level, long Tile), byte[]> _tiles = [];
    private readonly Dictionary<(int Level, long Index), ReadOnlyMemory<byte>> _nodes = [];

    public long Size => size;

    /// <summary>What appending to the tree starts from.</summary>
    public TreeFrontier Frontier()
    {
        var subtrees = new ReadOnlyMemory<byte>[TreeFrontier.LevelsMax];
        var frontier = new TreeFrontier(size, subtrees);
        for (var level = 0; level < TreeFrontier.LevelsMax; level++)
        {
            if (frontier.Has(level))
            {
                subtrees[level] = Node(level, (size >> level) - 1);
            }
        }

        return frontier;
    }

    public ReadOnlyMemory<byte> Node(int level, long index)
    {
        if (!_nodes.TryGetValue((level, index), out var node))
        {
            node = Folded(level, index);
            _nodes.Add((level, index), node);
        }

        return node;
    }

    private ReadOnlyMemory<byte> Folded(int level, long index)
    {
        var complete = (index + 1) << level <= size;
        var stored = level - (level % Stride);
        if (stored == level && !complete)
        {
            // Not there to be read: it is made of the stored level below.
            stored -= Stride;
        }

        var span = level - stored;
        var from = index << span;
        var to = Math.Min((index + 1) << span, size >> stored);
        var hashes = new byte[(to - from + 1) * MerkleHash.Length];
        var count = (int)(to - from);
        Slice(stored, from, to).CopyTo(hashes);
        if (!complete && to << stored < size)
        {
            Node(stored, to).CopyTo(hashes.AsMemory(count * MerkleHash.Length));
            count++;
        }

        MerkleHash.Fold(hashes.AsSpan(0, count * MerkleHash.Length), hashes);
        return hashes.AsMemory(0, MerkleHash.Length);
    }

    /// <summary>Complete nodes of a stored level, all in one tile.</summary>
    private ReadOnlySpan<byte> Slice(int level, long from, long to)
    {
        if (from == to)
        {
            return [];
        }

        var tile = from >> Stride;
        if (!_tiles.TryGetValue((level, tile), out var hashes))
        {
            var first = tile << Stride;
            var end = Math.Min(first + (1 << Stride), size >> level);
            hashes = level == 0 ? rows.ReadLeaves(first, end) : rows.ReadNodes(level, first, end);
            _tiles.Add((level, tile), hashes);
        }

        var start = (int)(from - (tile << Stride)) * MerkleHash.Length;
        return hashes.AsSpan(start, (int)(to - from) * MerkleHash.Length);
    }
}
