namespace EcmrGateway.Ledger;

/// <summary>How long facts have waited for something that works through the ledger.</summary>
public static class FactAge
{
    /// <param name="done">By shard: index up to which nothing waits any more; -1: everything waits.</param>
    /// <returns>When the oldest fact that waits was received; null: none waits.</returns>
    /// <remarks>Reads one fact of each shard that is behind. The ledger's errors come through.</remarks>
    public static async Task<DateTimeOffset?> OldestAsync(
        INoteLedger ledger, IEnumerable<KeyValuePair<int, long>> done, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(done);
        var head = ledger.FactHead;
        DateTimeOffset? oldest = null;
        foreach (var (shard, index) in done.Where(shard => shard.Value < head[shard.Key]))
        {
            var waiting = await ledger.ReadFactsAsync(shard, index, limit: 1, cancellation);
            if (waiting.Count > 0 && !(waiting[0].ReceivedTime >= oldest))
            {
                oldest = waiting[0].ReceivedTime;
            }
        }

        return oldest;
    }
}
