using System.Security.Cryptography;
using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Receipts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.Ledger.Keys;

/// <summary>
/// The key that signs tree heads: ECDSA P-256, PKCS#8 PEM in a file, the public key as PEM beside it.
/// </summary>
internal sealed class TreeHeadKey : IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _signing = new();

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
        WritePublicKey(Path.ChangeExtension(path, ".pub"), key);
        return new(key);
    }

    /// <param name="logId">The key's log, or that of a shard.</param>
    public TreeHead Sign(string logId, long size, ReadOnlyMemory<byte> root, DateTimeOffset time)
    {
        var head = new TreeHead
        {
            LogId = logId,
            TreeSize = (ulong)size,
            RootHash = UnsafeByteOperations.UnsafeWrap(root),
            Time = Timestamp.FromDateTimeOffset(
                DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds())),
        };
        head.Signature = UnsafeByteOperations.UnsafeWrap(SignatureOf(TreeHeads.SignedBytes(head)));
        return head;
    }

    public void Dispose() => _key.Dispose();

    private static void WritePublicKey(string path, ECDsa key)
    {
        try
        {
            if (!File.Exists(path))
            {
                KeyFile.Write(path, key.ExportSubjectPublicKeyInfoPem() + "\n", ownerOnly: false);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A key that is mounted read-only is as good; the gateway tells its public key to who asks.
        }
    }

    /// <remarks>A key is for one thread at a time, and the writers of several shards share it.</remarks>
    private byte[] SignatureOf(byte[] bytes)
    {
        lock (_signing)
        {
            return _key.SignData(
                bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
