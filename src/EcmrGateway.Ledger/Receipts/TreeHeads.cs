using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecmr.Receipt.V1;

namespace EcmrGateway.Ledger.Receipts;

/// <summary>What a tree head's signature covers, as receipt.proto describes it.</summary>
internal static class TreeHeads
{
    private const int LogIdBytes = 16;

    /// <summary>Lower-case hex of the first 16 bytes of the public key's SHA-256.</summary>
    public static string LogIdOf(ReadOnlySpan<byte> publicKey) =>
        Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, LogIdBytes));

    /// <summary>Log of one shard of a ledger that has several: each has a tree of its own, signed by the same key.
    /// </summary>
    public static string LogIdOf(string logId, int shard) => string.Create(
        CultureInfo.InvariantCulture, $"{logId}/{shard}");

    /// <summary>Whether a log is that of a key, or of a shard of its ledger.</summary>
    public static bool IsLogOf(string logId, string ofKey)
    {
        var shard = logId.AsSpan(Math.Min(ofKey.Length, logId.Length));
        return logId.StartsWith(ofKey, StringComparison.Ordinal)
            && (shard.IsEmpty || (shard[0] == '/' && shard.Length is > 1 and < 6
                && !shard[1..].ContainsAnyExceptInRange('0', '9')));
    }

    public static byte[] SignedBytes(TreeHead head)
    {
        var milliseconds = head.Time.ToDateTimeOffset().ToUnixTimeMilliseconds();
        var root = Convert.ToHexStringLower(head.RootHash.Span);
        return Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"ecmr-tree-head-v1\n{head.LogId}\n{head.TreeSize}\n{root}\n{milliseconds}\n"));
    }

    /// <summary>Whether the signature is the one of this key, and the head names the key.</summary>
    /// <param name="logId">Log that is named after the key.</param>
    public static bool Verify(TreeHead head, ECDsa key, string logId) => IsLogOf(head.LogId, logId) && key.VerifyData(
        SignedBytes(head), head.Signature.Span, HashAlgorithmName.SHA256,
        DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
