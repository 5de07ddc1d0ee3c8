using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Receipts;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>The tree right after a batch, with all that its receipts need. May be used by many at once.</summary>
internal sealed class BatchTree
{
    private readonly TreeHead _head;
    private readonly StoredTree _tree;

    private BatchTree(TreeHead head, ITreeRows rows) => (_head, _tree) = (head, new(rows, (long)head.TreeSize));

    /// <param name="first">Index of the batch's first entry.</param>
    /// <param name="head">After the batch.</param>
    public static async Task<BatchTree> ReadAsync(NpgsqlDataSource source, int shard, long first, TreeHead head) =>
        new(head, await TreeTail.ReadAsync(source, shard, first, (long)head.TreeSize));

    /// <param name="entry">One of the batch.</param>
    public Receipt Make(ReceiptStatement statement, in StatedEntry entry)
    {
        lock (_tree)
        {
            return ReceiptMaker.Make(statement, entry, _tree, _head);
        }
    }
}
