using System.Security.Cryptography;
using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Receipts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.Ledger.Keys;

/// <summary>
/// The key that signs tree heads: ECDSA P-256, PKCS#8 PEM in a file, the public key as PEM beside it.
/// </summary>
/// <remarks>Signing is for one thread at a time.</remarks>
internal sealed class TreeHeadKey : IDisposable
{
    private readonly ECDsa _key;

    private TreeHeadKey(ECDsa key)
    {
        _key = key;
        PublicKey = key.ExportSubjectPublicKeyInfo();
        LogId = TreeHeads.LogIdOf(PublicKey);
    }

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public byte[] PublicKey { get; }

    public string LogId { get; }

    /// <summary>Reads the key, or makes one on first start.</summary>
    /// <exception cref="LedgerOpenException">The file holds no such key.</exception>
    public static TreeHeadKey Open(string path)
    {
        var key = KeyFile.ReadOrCreateSigningKey(path);
        KeyFile.Write(
            Path.ChangeExtension(path, ".pub"), key.ExportSubjectPublicKeyInfoPem() + "\n", ownerOnly: false);
        return new(key);
    }

    public TreeHead Sign(long size, ReadOnlyMemory<byte> root, DateTimeOffset time)
    {
        var head = new TreeHead
        {
            LogId = LogId,
            TreeSize = (ulong)size,
            RootHash = UnsafeByteOperations.UnsafeWrap(root),
            Time = Timestamp.FromDateTimeOffset(
                DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds())),
        };
        var signature = _key.SignData(
            TreeHeads.SignedBytes(head), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        head.Signature = UnsafeByteOperations.UnsafeWrap(signature);
        return head;
    }

    public void Dispose() => _key.Dispose();
}
