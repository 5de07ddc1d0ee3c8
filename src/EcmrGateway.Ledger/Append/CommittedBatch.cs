using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Merkle;

namespace EcmrGateway.Ledger.Append;

/// <summary>A transaction that is on disk: the tree after it and the head that was signed.</summary>
/// <param name="FactIndex">Index of the newest entry with a fact, of this batch or before; -1: none.</param>
internal sealed record CommittedBatch(GrownTree Tree, TreeHead Head, long FactIndex)
{
    public CommittedHead Committed => new(Head, FactIndex);
}
