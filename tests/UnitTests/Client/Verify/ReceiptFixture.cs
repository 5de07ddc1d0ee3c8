using System.Security.Cryptography;
using System.Text;
using Ecmr.Note.V1;
using Ecmr.Receipt.V1;
using EcmrGateway.Client.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.UnitTests.Client.Verify;

/// <summary>A log of seven entries with its own key, written from the description of receipt.proto.</summary>
internal sealed class ReceiptFixture : IDisposable
{
    private const int Leaves = 7;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ConsignmentNote Note { get; } =
        new() { NoteId = "0b9a5c6e-0000-8000-8000-000000000001", NoteNumber = "A-1" };

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>What follows the key's name: "/" and a number in a ledger of several shards.</summary>
    public string Shard { get; set; } = "";

    public string LogId =>
        Convert.ToHexStringLower(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()).AsSpan(0, 16)) + Shard;

    /// <param name="index">0 to 6.</param>
    public Receipt Make(int index)
    {
        var salt = SHA256.HashData("salt"u8);
        var content = CanonicalNote.Sha256(Note);
        var statement = Statement(index, Convert.ToHexStringLower(SHA256.HashData([.. salt, .. content])));
        var leaves = Enumerable.Range(0, Leaves)
            .Select(i => Leaf(i == index ? statement : Encoding.UTF8.GetBytes($"entry {i}"))).ToArray();
        var receipt = new Receipt
        {
            Statement = ByteString.CopyFrom(statement),
            Salt = ByteString.CopyFrom(salt),
            ContentSha256 = ByteString.CopyFrom(content),
            LeafIndex = (ulong)index,
            TreeHead = new TreeHead
            {
                LogId = LogId,
                TreeSize = Leaves,
                RootHash = ByteString.CopyFrom(Root(leaves)),
                Time = new Timestamp { Seconds = 1_795_000_000, Nanos = 123_000_000 },
            },
        };
        receipt.InclusionPath.AddRange(Path(index, leaves).Select(hash => ByteString.CopyFrom(hash)));
        Sign(receipt.TreeHead);
        return receipt;
    }

    public void Sign(TreeHead head)
    {
        var milliseconds = (head.Time.Seconds * 1000) + (head.Time.Nanos / 1_000_000);
        var root = Convert.ToHexStringLower(head.RootHash.Span);
        var text = $"ecmr-tree-head-v1\n{head.LogId}\n{head.TreeSize}\n{root}\n{milliseconds}\n";
        head.Signature = ByteString.CopyFrom(_key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256));
    }

    public void Dispose() => _key.Dispose();

    private byte[] Statement(int index, string commitment) => Encoding.UTF8.GetBytes(
        $$"""
        {"commitment":"{{commitment}}","id":"{{Note.NoteId}}","kind":"note","log":"{{LogId}}","position":{{index}},
        "receivedTime":"2026-11-25T09:00:00.000Z","v":1,"version":1}
        """.Replace("\n", "", StringComparison.Ordinal));

    private static byte[] Leaf(byte[] entry) => SHA256.HashData([0, .. entry]);

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    // RFC 9162, 2.1.1 and 2.1.3.1, as they are defined: by splitting.
    private static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var k = Split(leaves.Length);
        return Node(Root(leaves[..k]), Root(leaves[k..]));
    }

    private static List<byte[]> Path(int index, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var k = Split(leaves.Length);
        return index < k
            ? [.. Path(index, leaves[..k]), Root(leaves[k..])]
            : [.. Path(index - k, leaves[k..]), Root(leaves[..k])];
    }

    private static int Split(int count)
    {
        var k = 1;
        while (k * 2 < count)
        {
            k *= 2;
        }

        return k;
    }
}
