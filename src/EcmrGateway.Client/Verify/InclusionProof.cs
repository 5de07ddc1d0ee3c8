using System.Security.Cryptography;

namespace EcmrGateway.Client.Verify;

/// <summary>The check of RFC 9162, 2.1.3.2, written from its text and sharing nothing with the server.</summary>
internal static class InclusionProof
{
    public const int HashBytes = 32;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    public static byte[] LeafHash(ReadOnlySpan<byte> entry)
    {
        var input = new byte[entry.Length + 1];
        input[0] = LeafPrefix;
        entry.CopyTo(input.AsSpan(1));
        return SHA256.HashData(input);
    }

    public static bool LeadsTo(
        ReadOnlySpan<byte> root, byte[] leafHash, ulong leafIndex, ulong treeSize, IReadOnlyList<byte[]> path)
    {
        // 1. and 2. The leaf is inside the tree.
        if (leafIndex >= treeSize || path.Any(hash => hash.Length != HashBytes))
        {
            return false;
        }

        var (fn, sn, r) = (leafIndex, treeSize - 1, leafHash);
        foreach (var p in path)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                r = NodeHash(p, r);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                r = NodeHash(r, p);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 && root.SequenceEqual(r);
    }

    private static byte[] NodeHash(byte[] left, byte[] right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * HashBytes)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + HashBytes)..]);
        return SHA256.HashData(input);
    }
}
