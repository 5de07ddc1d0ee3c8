using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>What a transaction appends to one shard.</summary>
internal sealed class ShardBatch(ShardLog log, IReadOnlyList<PendingAppend> appends)
{
    private (ShardHead From, CommittedBatch Grown)? _growth;

    public ShardLog Log => log;

    public IReadOnlyList<PendingAppend> Appends => appends;

    /// <summary>What the tree grew from.</summary>
    public ShardHead From => Growth.From;

    /// <summary>The shard after the transaction.</summary>
    public CommittedBatch Grown => Growth.Grown;

    private (ShardHead From, CommittedBatch Grown) Growth =>
        _growth ?? throw new InvalidOperationException("It has not grown.");

    /// <summary>Grows the tree from the head that is known.</summary>
    public void Grow()
    {
        var head = log.Head ?? throw new InvalidOperationException("The shard's head is not known.");
        _growth = (head, log.Grow(appends, head));
    }

    /// <summary>Tells all that they are on disk.</summary>
    public void Complete() => log.Complete(appends, Grown);
}
