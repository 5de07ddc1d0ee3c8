using EcmrGateway.Ledger.Append;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Learns what other processes committed, by looking at the heads.</summary>
/// <remarks>
/// Looking is one small read for all shards. It was preferred to notifications, which make every commit of the database
/// wait for one lock.
/// </remarks>
internal sealed partial class HeadWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private readonly ILogger _logger;
    private volatile bool _away;

    public HeadWatch(
        PostgresQueries queries, CommittedHeads heads, TimeSpan every, TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _running = Task.Run(() => WatchAsync(queries, heads, every, time, _stopping.Token));
    }

    /// <summary>Whether the last look failed.</summary>
    public bool IsAway => _away;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task WatchAsync(
        PostgresQueries queries, CommittedHeads heads, TimeSpan every, TimeProvider time, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                foreach (var (shard, head) in await queries.HeadsAsync(stopping))
                {
                    heads.Advance(shard, head);
                }

                _away = false;
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                // Of any kind: a watch that has ended would never tell again that the database is away. Told
                // once for each time that it goes away: it is looked at again in any case.
                if (!_away)
                {
                    LogAway(failure.Message);
                }

                _away = true;
            }
        }
    }

    [LoggerMessage(4020, LogLevel.Warning, "The heads of the ledger cannot be read now: {Cause}")]
    private partial void LogAway(string cause);
}
