using EcmrGateway.Ledger;

namespace EcmrGateway.Streaming;

/// <summary>Takes a position apart, for those who know nothing of the ledger.</summary>
public static class FactPosition
{
    public static int ShardOf(long position) => new LedgerPosition(position).Shard;

    /// <summary>Place among the entries of the shard, from 0.</summary>
    public static long IndexOf(long position) => new LedgerPosition(position).Index;
}
