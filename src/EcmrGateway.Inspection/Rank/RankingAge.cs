using System.Diagnostics.Metrics;
using EcmrGateway.HotStore;
using EcmrGateway.Ledger;
using Microsoft.Extensions.Hosting;

namespace EcmrGateway.Inspection.Rank;

/// <summary>How old the oldest recorded fact is that the rankings do not have yet, as a metric.</summary>
/// <remarks>
/// Looked at by who serves the rankings, so that it is told too when nobody relays or scores. While the hot store or
/// the ledger cannot be read, lists are as old as when they last could, and the age grows.
/// </remarks>
internal sealed class RankingAge : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly IHotStore _hotStore;
    private readonly INoteLedger _ledger;
    private readonly TimeProvider _clock;

    /// <summary>Since when something waits, or since when that is not known; in ticks. 0: nothing waits.</summary>
    private long _since;

    public RankingAge(IHotStore hotStore, INoteLedger ledger, IMeterFactory meters, TimeProvider clock)
    {
        (_hotStore, _ledger, _clock) = (hotStore, ledger, clock);
        meters.Create("EcmrGateway.Inspection").CreateObservableGauge(
            "ecmr.inspection.ranking.age", Seconds, "s", "Age of the oldest recorded fact that rankings do not have.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _clock);
        do
        {
            var before = _clock.GetUtcNow();
            try
            {
                var oldest = await OldestAsync(stoppingToken);
                Volatile.Write(ref _since, oldest?.UtcTicks ?? 0);
            }
            catch (Exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Each engine has errors of its own, and none of them is a reason to end the process for a metric.
                Interlocked.CompareExchange(ref _since, before.UtcTicks, 0);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<DateTimeOffset?> OldestAsync(CancellationToken cancellation)
    {
        var progress = await _hotStore.ProgressAsync(cancellation);
        return await FactAge.OldestAsync(
            _ledger,
            Enumerable.Range(0, _ledger.ShardCount).Select(shard => KeyValuePair.Create(
                shard, progress.TryGetValue(shard, out var known) ? known.ScoredIndex : -1)),
            cancellation);
    }

    private double Seconds() => Volatile.Read(ref _since) is > 0 and var since
        ? Math.Max(0, (_clock.GetUtcNow() - new DateTimeOffset(since, TimeSpan.Zero)).TotalSeconds)
        : 0;
}
