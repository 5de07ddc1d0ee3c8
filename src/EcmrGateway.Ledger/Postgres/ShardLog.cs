using System.Security.Cryptography;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Keys;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Receipts;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Grows one shard's tree and signs its heads. For one caller at a time; other processes may write the shard
/// too.</summary>
/// <param name="heads">Told of what is committed; null: nobody is.</param>
internal sealed class ShardLog(int shard, TreeHeadKey key, CommittedHeads? heads, TimeProvider time)
{
    private const int SaltLength = 32;

    private readonly string _logId = TreeHeads.LogIdOf(key.LogId, shard);
    private readonly ReceiptStatement _statement = new(TreeHeads.LogIdOf(key.LogId, shard));

    public int Shard => shard;

    /// <summary>As it was seen last; null: not known.</summary>
    public ShardHead? Head { get; set; }

    /// <summary>What the shard is when a batch is appended to the head that is known. Fills in position, salt and
    /// statement of the appends.</summary>
    public CommittedBatch Grow(IReadOnlyList<PendingAppend> batch, ShardHead head)
    {
        var salts = RandomNumberGenerator.GetBytes(batch.Count * SaltLength);
        var leaves = new byte[batch.Count * MerkleHash.Length];
        var factIndex = head.FactIndex;
        for (var ordinal = 0; ordinal < batch.Count; ordinal++)
        {
            var append = batch[ordinal];
            append.Position = LedgerPosition.Of(shard, head.Size + ordinal).Value;
            append.Salt = salts.AsMemory(ordinal * SaltLength, SaltLength);
            append.Statement = _statement.Of(append.Stated);
            MerkleHash.Leaf(append.Statement.Span, leaves.AsSpan(ordinal * MerkleHash.Length, MerkleHash.Length));
            factIndex = append.Draft.Fact.IsEmpty ? factIndex : head.Size + ordinal;
        }

        var tree = GrownTree.Grow(head.Frontier, leaves);
        return new(tree, key.Sign(_logId, tree.Size, tree.Root, time.GetUtcNow()), factIndex);
    }

    /// <summary>Completes what is on disk.</summary>
    public void Complete(IReadOnlyList<PendingAppend> batch, CommittedBatch grown)
    {
        Head = new(grown.Tree.Frontier, grown.FactIndex);
        heads?.Advance(shard, grown.Committed);
        foreach (var append in batch)
        {
            append.Status = AppendStatus.Appended;
            append.Batch = grown;
            append.Complete();
        }
    }
}
