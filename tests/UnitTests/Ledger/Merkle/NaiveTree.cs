using EcmrGateway.Ledger.Merkle;

namespace EcmrGateway.UnitTests.Ledger.Merkle;

/// <summary>RFC 9162, 2.1, word for word: slow, recursive, and easy to compare with the text.</summary>
internal sealed class NaiveTree(IReadOnlyList<byte[]> leafHashes)
{
    public byte[] Root(int size) => size == 0 ? MerkleHash.EmptyRoot() : Hash(0, size);

    public List<byte[]> Inclusion(int leaf, int size) => Path(leaf, 0, size);

    public List<byte[]> Consistency(int first, int size) => SubProof(first, 0, size, whole: true);

    public static byte[] LeafOf(byte[] data)
    {
        var hash = new byte[MerkleHash.Length];
        MerkleHash.Leaf(data, hash);
        return hash;
    }

    private byte[] Hash(int from, int to)
    {
        if (to - from == 1)
        {
            return leafHashes[from];
        }

        var split = from + SplitOf(to - from);
        var hash = new byte[MerkleHash.Length];
        MerkleHash.Node(Hash(from, split), Hash(split, to), hash);
        return hash;
    }

    private List<byte[]> Path(int leaf, int from, int to)
    {
        if (to - from == 1)
        {
            return [];
        }

        var split = SplitOf(to - from);
        return leaf < split
            ? [.. Path(leaf, from, from + split), Hash(from + split, to)]
            : [.. Path(leaf - split, from + split, to), Hash(from, from + split)];
    }

    private List<byte[]> SubProof(int first, int from, int to, bool whole)
    {
        if (first == to - from)
        {
            return whole ? [] : [Hash(from, to)];
        }

        var split = SplitOf(to - from);
        return first <= split
            ? [.. SubProof(first, from, from + split, whole), Hash(from + split, to)]
            : [.. SubProof(first - split, from + split, to, whole: false), Hash(from, from + split)];
    }

    /// <summary>The largest power of two below the count.</summary>
    private static int SplitOf(int count)
    {
        var split = 1;
        while (split * 2 < count)
        {
            split *= 2;
        }

        return split;
    }
}
