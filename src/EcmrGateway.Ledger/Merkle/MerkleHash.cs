using System.Security.Cryptography;

namespace EcmrGateway.Ledger.Merkle;

/// <summary>The hashes of RFC 9162, 2.1.1, with SHA-256: leaves and nodes are told apart by their first byte.</summary>
public static class MerkleHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot() => SHA256.HashData([]);

    /// <summary>SHA-256(0x00 || <paramref name="data"/>).</summary>
    /// <param name="data">At most 1 MiB; it is copied behind the prefix.</param>
    public static void Leaf(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, 1024 * 1024);
        Span<byte> input = data.Length < 1024 ? stackalloc byte[data.Length + 1] : new byte[data.Length + 1];
        input[0] = LeafPrefix;
        data.CopyTo(input[1..]);
        SHA256.HashData(input, destination);
    }

    /// <summary>SHA-256(0x01 || left || right); <paramref name="destination"/> may be one of both.</summary>
    public static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> destination)
    {
        Span<byte> input = stackalloc byte[1 + (2 * Length)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        SHA256.HashData(input, destination);
    }

    /// <summary>
    /// Root over hashes that lie one behind another in <paramref name="hashes"/>, which is overwritten.
    /// </summary>
    /// <remarks>
    /// Pairs from the left, and a last one without a partner goes up as it is: the same tree as splitting at the
    /// largest power of two (RFC 9162, 2.1.1), without recursion.
    /// </remarks>
    public static void Fold(Span<byte> hashes, Span<byte> destination)
    {
        var count = hashes.Length / Length;
        ArgumentOutOfRangeException.ThrowIfZero(count);
        while (count > 1)
        {
            for (var pair = 0; pair < count / 2; pair++)
            {
                var at = pair * 2 * Length;
                Node(hashes.Slice(at, Length), hashes.Slice(at + Length, Length), hashes.Slice(pair * Length, Length));
            }

            if (count % 2 == 1)
            {
                hashes.Slice((count - 1) * Length, Length).CopyTo(hashes[(count / 2 * Length)..]);
            }

            count = (count + 1) / 2;
        }

        hashes[..Length].CopyTo(destination);
    }
}
