using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Merkle;
using Google.Protobuf;

namespace EcmrGateway.Ledger.Receipts;

/// <summary>Puts a receipt together from the entry, the tree it is in and that tree's signed head.</summary>
internal static class ReceiptMaker
{
    /// <summary>Of an entry that was just appended; nothing is written or hashed a second time.</summary>
    public static Receipt Make(PendingAppend appended) =>
        Make(appended.Statement, appended.Stated, appended.Batch!.Tree, appended.Batch.Head);

    /// <param name="head">Shared by all receipts of a batch: never to be changed.</param>
    public static Receipt Make(ReceiptStatement statement, in StatedEntry entry, IMerkleNodes tree, TreeHead head) =>
        Make(statement.Of(entry), entry, tree, head);

    private static Receipt Make(
        ReadOnlyMemory<byte> statement, in StatedEntry entry, IMerkleNodes tree, TreeHead head)
    {
        var receipt = new Receipt
        {
            Statement = UnsafeByteOperations.UnsafeWrap(statement),
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
