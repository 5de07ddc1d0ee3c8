using System.Security.Cryptography;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Risk;
using EcmrGateway.Scoring.Assess;
using EcmrGateway.Scoring.Rebuild;
using EcmrGateway.Streaming;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Scoring.Consume;

/// <summary>What the hot store is known to hold: which generation, scored how far, rebuilt how far.</summary>
/// <remarks>
/// A generation is named after the format, the model, its settings and the areas: content of other ones is not gone
/// on with.
/// </remarks>
internal sealed partial class HotContent(
    PatientStore store, BatchScorer scorer, FactHistory history, RiskModel model, ScoringTelemetry telemetry,
    TimeProvider clock, IOptions<ScoringOptions> options, IOptions<HotStoreOptions> hotStore,
    ILogger<HotContent> logger)
{
    /// <summary>From so many losses in a row on the rebuild waits: the store is likely too small for all.</summary>
    private const int LossesFree = 3;

    private static readonly TimeSpan RebuildWaitMax = TimeSpan.FromMinutes(1);

    private readonly ScoringOptions _options = options.Value;
    private readonly string _kind =
        $"{ProfileCodec.Format}:{hotStore.Value.Buckets}:{RiskModel.Version}:{model.SettingsHash}:{model.PlacesHash}:";
    private string _generation = string.Empty;
    private RebuildWalk? _rebuild;
    private DateTimeOffset _rebuildFrom;
    private int _losses;

    /// <summary>Which facts are scored.</summary>
    public ScoredFacts Scored { get; private set; } = null!;

    public bool RebuildIsDue => _rebuild is not null && clock.GetUtcNow() >= _rebuildFrom;

    /// <summary>Goes on with what is there, or starts anew.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        var found = await store.GenerationAsync(cancellation);
        var progress = await store.ProgressAsync(cancellation);
        if (found?.StartsWith(_kind, StringComparison.Ordinal) == true
            && progress.Values.All(shard => shard.RebuiltPercent == 100)
            && ScoredFacts.Of(progress, history) is { } scored)
        {
            (_generation, Scored) = (found, scored);
            telemetry.Progressed(Scored, 100);
            LogResumed(Scored.Total);
            return;
        }

        Scored = ScoredFacts.AllOf(history);
        await StartAnewAsync(cancellation);
    }

    /// <summary>
    /// Scores facts; those up to the last position of their shard are scored then. When content is lost, a rebuild
    /// starts.
    /// </summary>
    public async Task ScoreAsync(
        IReadOnlyCollection<Read.ScoringFact> facts, long last, CancellationToken cancellation)
    {
        await KeepAsync(() => scorer.ScoreAsync(facts, _generation, cancellation), cancellation);
        Scored.Add(last);
        await ProgressAsync(cancellation);
    }

    /// <summary>One step of the rebuild.</summary>
    public async Task RebuildStepAsync(CancellationToken cancellation)
    {
        await KeepAsync(() => _rebuild!.StepAsync(_generation, cancellation), cancellation);
        if (_rebuild!.IsDone)
        {
            (_rebuild, _losses) = (null, 0);
            LogRebuilt();
        }

        await ProgressAsync(cancellation);
    }

    /// <summary>Sees to it that the content is still there.</summary>
    public Task CheckAsync(CancellationToken cancellation) => KeepAsync(
        async () =>
        {
            if (await store.GenerationAsync(cancellation) != _generation)
            {
                throw new ContentLostException();
            }
        },
        cancellation);

    private async Task KeepAsync(Func<Task> work, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (ContentLostException)
            {
                LogLost(_rebuild?.Percent ?? 100);
            }

            _losses = _rebuild is null ? 0 : _losses + 1;
            await StartAnewAsync(cancellation);
        }
    }

    private async Task StartAnewAsync(CancellationToken cancellation)
    {
        var generation = _kind + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var now = clock.GetUtcNow();
        await store.ResetAsync(generation, cancellation);

        // The head after the reset: all that is up to it is the walk's, all that is after it the tail's.
        var walk = new RebuildWalk(
            history, scorer, _options.RebuildLength, now.AddDays(-_options.RebuildDays));
        _generation = generation;
        _rebuild = walk.IsDone ? null : walk;
        _rebuildFrom = _losses < LossesFree
            ? now
            : now + TimeSpan.FromSeconds(Math.Min(
                Math.Pow(2, _losses - LossesFree), RebuildWaitMax.TotalSeconds));
        LogRebuilding(walk.Total, _rebuildFrom - now);
        await ProgressAsync(cancellation);
    }

    private Task ProgressAsync(CancellationToken cancellation)
    {
        var percent = _rebuild?.Percent ?? 100;
        telemetry.Progressed(Scored, percent);
        return store.SetProgressAsync(Scored.Progress(percent), cancellation);
    }

    [LoggerMessage(2010, LogLevel.Information, "Scoring goes on after {Positions} positions.")]
    private partial void LogResumed(long positions);

    [LoggerMessage(
        2011, LogLevel.Information, "The hot store is filled from the facts of {Positions} positions, after {Wait}.")]
    private partial void LogRebuilding(long positions, TimeSpan wait);

    [LoggerMessage(2012, LogLevel.Information, "The hot store is filled.")]
    private partial void LogRebuilt();

    [LoggerMessage(
        2013, LogLevel.Warning,
        "The hot store lost its content when {Percent} percent was filled. If nobody emptied it, it is too small.")]
    private partial void LogLost(int percent);
}
