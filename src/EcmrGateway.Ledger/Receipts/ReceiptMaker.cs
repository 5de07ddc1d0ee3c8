using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Merkle;
using Google.Protobuf;

namespace EcmrGateway.Ledger.Receipts;

/// <summary>Puts a receipt together from the entry, the tree it is in and that tree's signed head.</summary>
internal static class ReceiptMaker
{
    /// <param name="head">Shared by all receipts of a batch: never to be changed.</param>
    public static Receipt Make(ReceiptStatement statement, in StatedEntry entry, IMerkleNodes tree, TreeHead head)
    {
        Span<byte> bytes = stackalloc byte[ReceiptStatement.BytesMax];
        var receipt = new Receipt
        {
            Statement = ByteString.CopyFrom(bytes[..statement.Write(entry, bytes)]),
            Salt = UnsafeByteOperations.UnsafeWrap(entry.Salt),
            ContentSha256 = UnsafeByteOperations.UnsafeWrap(entry.ContentSha256),
            LeafIndex = (ulong)entry.Position,
            TreeHead = head,
        };
        foreach (var sibling in MerkleProofs.Inclusion(tree, entry.Position))
        {
            receipt.InclusionPath.Add(UnsafeByteOperations.UnsafeWrap(sibling));
        }

        return receipt;
    }
}
