namespace EcmrGateway.HotStore.Progress;

/// <summary>How far scoring is in a shard of the ledger, written with every batch.</summary>
/// <param name="ScoredIndex">All facts of the shard up to this index are scored; -1: none.</param>
/// <param name="RebuiltPercent">100: no rebuild runs.</param>
public sealed record ShardProgress(long ScoredIndex, int RebuiltPercent);
