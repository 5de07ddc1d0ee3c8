using System.Security.Cryptography;
using System.Text.Json;
using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Merkle;

namespace EcmrGateway.Ledger.Receipts;

/// <summary>What is wrong with a receipt. The first that is found, in this order, is told.</summary>
public enum ReceiptVerdict
{
    /// <summary>The entry is in the log that the key signs.</summary>
    Valid,

    /// <summary>The key is not a P-256 public key.</summary>
    KeyUnreadable,

    /// <summary>A part is missing or has the wrong length, or the statement is not what a statement is.</summary>
    Malformed,

    /// <summary>The content is not the one expected.</summary>
    ContentDiffers,

    /// <summary>Salt and content hash do not give the statement's commitment.</summary>
    CommitmentDiffers,

    /// <summary>The statement is about another position than the receipt.</summary>
    PositionDiffers,

    /// <summary>The statement or the tree head names another log than the key's.</summary>
    LogDiffers,

    /// <summary>The inclusion path does not lead to the root.</summary>
    NotIncluded,

    /// <summary>The tree head's signature is not valid.</summary>
    SignatureInvalid,
}

/// <summary>Checks receipts with the public key alone, as receipt.proto lays down. Keeps no state.</summary>
public static class ReceiptVerifier
{
    private const int SaltBytes = 32;

    /// <param name="publicKey">SubjectPublicKeyInfo, DER.</param>
    /// <param name="contentSha256">Content hash that the receipt must be about; empty: any.</param>
    public static ReceiptVerdict Verify(
        Receipt receipt, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> contentSha256)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        using var key = ECDsa.Create();
        if (!TryImport(key, publicKey))
        {
            return ReceiptVerdict.KeyUnreadable;
        }

        if (receipt.TreeHead?.Time is null || receipt.Salt.Length != SaltBytes
            || receipt.ContentSha256.Length != MerkleHash.Length || !TryRead(receipt, out var stated))
        {
            return ReceiptVerdict.Malformed;
        }

        if (!contentSha256.IsEmpty && !receipt.ContentSha256.Span.SequenceEqual(contentSha256))
        {
            return ReceiptVerdict.ContentDiffers;
        }

        Span<byte> commitment = stackalloc byte[MerkleHash.Length];
        ReceiptStatement.Commit(receipt.Salt.Span, receipt.ContentSha256.Span, commitment);
        if (stated.Commitment != Convert.ToHexStringLower(commitment))
        {
            return ReceiptVerdict.CommitmentDiffers;
        }

        if (stated.Position != receipt.LeafIndex)
        {
            return ReceiptVerdict.PositionDiffers;
        }

        var logId = TreeHeads.LogIdOf(publicKey);
        if (stated.Log != receipt.TreeHead.LogId || !TreeHeads.IsLogOf(stated.Log, logId))
        {
            return ReceiptVerdict.LogDiffers;
        }

        if (!IsIncluded(receipt))
        {
            return ReceiptVerdict.NotIncluded;
        }

        return TreeHeads.Verify(receipt.TreeHead, key, logId) ? ReceiptVerdict.Valid : ReceiptVerdict.SignatureInvalid;
    }

    private static bool TryImport(ECDsa key, ReadOnlySpan<byte> publicKey)
    {
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            return read == publicKey.Length && key.KeySize == 256;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool IsIncluded(Receipt receipt)
    {
        Span<byte> leaf = stackalloc byte[MerkleHash.Length];
        MerkleHash.Leaf(receipt.Statement.Span, leaf);
        ReadOnlyMemory<byte>[] path = [.. receipt.InclusionPath.Select(hash => hash.Memory)];
        return MerkleVerifier.VerifyInclusion(
            leaf, receipt.LeafIndex, receipt.TreeHead.TreeSize, path, receipt.TreeHead.RootHash.Span);
    }

    private static bool TryRead(Receipt receipt, out (string Commitment, string Log, ulong Position) stated)
    {
        stated = default;
        if (receipt.Statement.Length > ReceiptStatement.BytesMax)
        {
            return false;
        }

        try
        {
            using var json = JsonDocument.Parse(receipt.Statement.Memory);
            var root = json.RootElement;
            stated = (Text(root, "commitment"), Text(root, "log"), root.GetProperty("position").GetUInt64());
            return root.GetProperty("v").GetInt32() == 1;
        }
        catch (Exception failure)
            when (failure is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return false;
        }
    }

    private static string Text(JsonElement root, string member) => root.GetProperty(member).GetString() ?? "";
}
