using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.Risk.Facts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Scoring.Consume;

/// <summary>
/// The hot store for a caller that must not skip: while it is away, every call is tried again in place.
/// </summary>
/// <remarks>
/// The waits double up to a limit. New facts wait in the ledger meanwhile; nothing piles up here.
/// </remarks>
internal sealed partial class PatientStore(
    IHotStore store, TimeProvider clock, IOptions<ScoringOptions> options, ScoringTelemetry telemetry,
    ILogger<PatientStore> logger)
{
    private readonly ScoringOptions _options = options.Value;

    public Task<string?> GenerationAsync(CancellationToken cancellation) =>
        TryAsync(() => store.GenerationAsync(cancellation), cancellation);

    public Task<HotVehicles> LoadVehiclesAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) =>
        TryAsync(() => store.LoadVehiclesAsync(vehicles, cancellation), cancellation);

    public Task<HotSubjects> LoadSubjectsAsync(
        IReadOnlyCollection<OnRoad> onRoad, IReadOnlyCollection<SubjectId> carriers,
        IReadOnlyCollection<SubjectId> consignors, CancellationToken cancellation) =>
        TryAsync(() => store.LoadSubjectsAsync(onRoad, carriers, consignors, cancellation), cancellation);

    public Task<IReadOnlySet<SubjectId>> OnRoadAsync(
        IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors,
        CancellationToken cancellation) =>
        TryAsync(() => store.OnRoadAsync(carriers, consignors, cancellation), cancellation);

    /// <remarks>What a try that failed did write is told as a conflict by the next one.</remarks>
    public Task<SaveResult> SaveAsync(string generation, HotChanges changes, CancellationToken cancellation) =>
        TryAsync(() => store.SaveAsync(generation, changes, cancellation), cancellation);

    public Task ResetAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> begun, CancellationToken cancellation) =>
        TryAsync(() => store.ResetAsync(generation, begun, cancellation), cancellation);

    public Task<IReadOnlyDictionary<int, ShardProgress>?> TakeProgressAsync(
        bool afresh, CancellationToken cancellation) =>
        TryAsync(() => store.TakeProgressAsync(afresh, cancellation), cancellation);

    public Task<bool> SetProgressAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> shards, CancellationToken cancellation) =>
        TryAsync(() => store.SetProgressAsync(generation, shards, cancellation), cancellation);

    public Task<IReadOnlyDictionary<int, ShardProgress>> ProgressAsync(CancellationToken cancellation) =>
        TryAsync(() => store.ProgressAsync(cancellation), cancellation);

    private Task<bool> TryAsync(Func<Task> call, CancellationToken cancellation) => TryAsync(
        async () =>
        {
            await call();
            return true;
        },
        cancellation);

    private async Task<T> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        var wait = TimeSpan.FromMilliseconds(_options.RetryMs);
        var waitMax = TimeSpan.FromMilliseconds(_options.RetryMsMax);
        while (true)
        {
            try
            {
                return await call();
            }
            catch (HotStoreUnavailableException failure)
            {
                telemetry.Retried();
                LogRetry(wait, failure.InnerException?.GetType().Name ?? failure.Message);
            }

            await Task.Delay(wait, clock, cancellation);
            wait = wait * 2 < waitMax ? wait * 2 : waitMax;
        }
    }

    // One line: it comes again with every try, and the cause is always the connection.
    [LoggerMessage(2000, LogLevel.Warning, "The hot store is away ({Cause}); scoring waits {Wait} and tries again.")]
    private partial void LogRetry(TimeSpan wait, string cause);
}
