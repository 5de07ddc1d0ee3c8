using System.Numerics;

namespace EcmrGateway.Ledger.Merkle;

/// <summary>Checks proofs with nothing but hashes: RFC 9162, 2.1.3.2 and 2.1.4.2.</summary>
/// <remarks>A hash of another length than 32 bytes fails, and so does a consistency proof from an empty tree.</remarks>
public static class MerkleVerifier
{
    /// <summary>Whether a leaf is at <paramref name="index"/> of the tree with that size and root.</summary>
    public static bool VerifyInclusion(
        ReadOnlySpan<byte> leafHash, ulong index, ulong size, IReadOnlyList<ReadOnlyMemory<byte>> path,
        ReadOnlySpan<byte> root)
    {
        if (index >= size || !AreHashes(path) || leafHash.Length != MerkleHash.Length
            || root.Length != MerkleHash.Length)
        {
            return false;
        }

        var node = index;
        var last = size - 1;
        Span<byte> hash = stackalloc byte[MerkleHash.Length];
        leafHash.CopyTo(hash);
        for (var step = 0; step < path.Count; step++)
        {
            if (last == 0)
            {
                return false;
            }

            if (IsRightOrAlone(node, last))
            {
                MerkleHash.Node(path[step].Span, hash, hash);
                SkipLevelsWithoutSibling(ref node, ref last);
            }
            else
            {
                MerkleHash.Node(hash, path[step].Span, hash);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash.SequenceEqual(root);
    }

    /// <summary>
    /// Whether the tree of size <paramref name="first"/> is the beginning of the one of the second size.
    /// </summary>
    public static bool VerifyConsistency(
        ulong first, ulong second, IReadOnlyList<ReadOnlyMemory<byte>> path, ReadOnlySpan<byte> firstRoot,
        ReadOnlySpan<byte> secondRoot)
    {
        if (first == 0 || first > second || !AreHashes(path) || firstRoot.Length != MerkleHash.Length
            || secondRoot.Length != MerkleHash.Length)
        {
            return false;
        }

        if (first == second)
        {
            return path.Count == 0 && firstRoot.SequenceEqual(secondRoot);
        }

        if (path.Count == 0)
        {
            return false;
        }

        // A complete first tree is a node of the second one, and the proof leaves it out.
        var complete = BitOperations.IsPow2(first);
        var zeros = BitOperations.TrailingZeroCount(first);
        var node = (first - 1) >> zeros;
        var last = (second - 1) >> zeros;
        Span<byte> old = stackalloc byte[MerkleHash.Length];
        (complete ? firstRoot : path[0].Span).CopyTo(old);
        Span<byte> now = stackalloc byte[MerkleHash.Length];
        old.CopyTo(now);
        for (var step = complete ? 0 : 1; step < path.Count; step++)
        {
            if (last == 0)
            {
                return false;
            }

            if (IsRightOrAlone(node, last))
            {
                MerkleHash.Node(path[step].Span, old, old);
                MerkleHash.Node(path[step].Span, now, now);
                SkipLevelsWithoutSibling(ref node, ref last);
            }
            else
            {
                MerkleHash.Node(now, path[step].Span, now);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && old.SequenceEqual(firstRoot) && now.SequenceEqual(secondRoot);
    }

    private static bool IsRightOrAlone(ulong node, ulong last) => node % 2 == 1 || node == last;

    private static void SkipLevelsWithoutSibling(ref ulong node, ref ulong last)
    {
        while (node % 2 == 0 && node != 0)
        {
            node >>= 1;
            last >>= 1;
        }
    }

    private static bool AreHashes(IReadOnlyList<ReadOnlyMemory<byte>> path)
    {
        for (var step = 0; step < path.Count; step++)
        {
            if (path[step].Length != MerkleHash.Length)
            {
                return false;
            }
        }

        return true;
    }
}
