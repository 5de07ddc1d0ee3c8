using System.Numerics;

namespace EcmrGateway.Ledger.Merkle;

/// <summary>Makes proofs from a tree's nodes: RFC 9162, 2.1.3.1 and 2.1.4.1, without recursion.</summary>
internal static class MerkleProofs
{
    /// <summary>The siblings from a leaf up to the root.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Inclusion(IMerkleNodes tree, long leaf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, tree.Size);
        return Siblings(tree, level: 0, leaf);
    }

    /// <summary>That the first <paramref name="first"/> leaves are as they were.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Consistency(IMerkleNodes tree, long first)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, tree.Size);
        if (first == tree.Size)
        {
            return [];
        }

        // The last complete subtree of the first tree: from it both roots are reached by the same siblings.
        var level = BitOperations.TrailingZeroCount(first);
        var index = (first >> level) - 1;
        var siblings = Siblings(tree, level, index);
        return BitOperations.IsPow2(first) ? siblings : siblings.Prepend(tree.Node(level, index));
    }

    /// <summary>The root of a tree with at least one leaf.</summary>
    public static ReadOnlyMemory<byte> Root(IMerkleNodes tree) => tree.Node(LevelsOf(tree.Size), 0);

    /// <summary>Levels above the leaves.</summary>
    public static int LevelsOf(long size) => size <= 1 ? 0 : BitOperations.Log2((ulong)(size - 1)) + 1;

    private static IEnumerable<ReadOnlyMemory<byte>> Siblings(IMerkleNodes tree, int level, long index)
    {
        for (var last = (tree.Size - 1) >> level; last > 0; last >>= 1, index >>= 1, level++)
        {
            if (index % 2 == 1)
            {
                yield return tree.Node(level, index - 1);
            }
            else if (index < last)
            {
                yield return tree.Node(level, index + 1);
            }
        }
    }
}
