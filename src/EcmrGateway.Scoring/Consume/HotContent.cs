using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.Risk;
using EcmrGateway.Scoring.Assess;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Scoring.Rebuild;
using EcmrGateway.Streaming;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Scoring.Consume;

/// <summary>What the hot store is known to hold: which generation, scored how far, rebuilt how far.</summary>
/// <remarks>
/// <para>
/// A generation is named after the format, the model, its settings, the areas and the ledger. Content of another kind
/// is begun anew by a process that starts, and waited out by one that runs: so the process started last decides, and
/// the others stand by until they are replaced.
/// </para>
/// <para>
/// Several processes fill one generation, each the shards that the stream gives it. Who gets a shard goes on from the
/// progress that is kept with the content. Of new content that is each shard's head when it was begun: all up to it is
/// walked over, and what comes after it is the stream's.
/// </para>
/// <para>
/// The progress may be behind the stream: a store that came back without its last writes says what it still has. So who
/// takes a shard scores the ledger's facts from the progress up to the head first. The stream brings them again, or
/// never more.
/// </para>
/// </remarks>
internal sealed partial class HotContent(
    PatientStore store, BatchScorer scorer, FactHistory history, ReadableFacts readable, RiskModel model,
    ScoringTelemetry telemetry, TimeProvider clock, IOptions<ScoringOptions> options,
    IOptions<HotStoreOptions> hotStore, ILogger<HotContent> logger)
{
    /// <summary>From so many losses in a row on the rebuild waits: the store is likely too small for all.</summary>
    private const int LossesFree = 3;

    private static readonly TimeSpan RebuildWaitMax = TimeSpan.FromMinutes(1);

    /// <summary>How often a process that stands by looks whether the content is its own again.</summary>
    private static readonly TimeSpan StandByDelay = TimeSpan.FromSeconds(1);

    /// <summary>How long the ledger may be behind what is scored, and how often that is looked at.</summary>
    private static readonly TimeSpan HeadPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeadDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the parts of the content may differ before they are taken for what is left of it.</summary>
    private static readonly TimeSpan PartsPatience = TimeSpan.FromSeconds(2);

    /// <summary>Facts scored at a time when a shard's scores are behind its progress.</summary>
    private const int CatchUpLength = 512;

    /// <summary>A progress that cannot be read: everything is scored again.</summary>
    private static readonly ShardProgress NoProgress = new(-1, RebuiltPercent: 0);

    private readonly ScoringOptions _options = options.Value;
    private readonly string _kind = string.Join(
        ':', ProfileCodec.Format, hotStore.Value.Buckets, RiskModel.Version, model.SettingsHash, model.PlacesHash,
        history.LogName, "");

    private string _generation = string.Empty;
    private RebuildWalk _rebuild = null!;
    private DateTimeOffset _rebuildFrom;
    private int _losses;

    /// <summary>Whether nothing was written into the content yet since it was begun or found.</summary>
    private bool _afresh;

    /// <summary>Which facts are scored, of the shards that this process has.</summary>
    public ScoredFacts Scored { get; private set; } = new();

    public bool RebuildIsDue => !_rebuild.IsDone && clock.GetUtcNow() >= _rebuildFrom;

    /// <summary>Goes on with the content that is there, or begins anew.</summary>
    /// <returns>Index by shard after which the stream may begin.</returns>
    public async Task<IReadOnlyDictionary<int, long>> OpenAsync(CancellationToken cancellation)
    {
        var found = await store.GenerationAsync(cancellation);
        if (IsOurs(found))
        {
            Begin(found!);
        }
        else
        {
            await ResetAsync(cancellation);
        }

        var progress = await store.ProgressAsync(cancellation);
        if (!await IsReachedAsync(progress, cancellation))
        {
            LogAhead();
            await ResetAsync(cancellation);
            progress = await store.ProgressAsync(cancellation);
        }

        return Enumerable.Range(0, history.ShardCount).ToDictionary(
            shard => shard,
            shard => progress.GetValueOrDefault(shard, NoProgress).ScoredIndex);
    }

    /// <summary>Takes in shards that have come to this process, and leaves out those that are another's now.</summary>
    public Task OwnAsync(IReadOnlyCollection<int> shards, CancellationToken cancellation) =>
        !_afresh && Scored.Shards.Count == shards.Count && shards.All(Scored.Shards.Contains)
            ? Task.CompletedTask
            : KeepAsync(() => TakeAsync(shards, cancellation), cancellation);

    /// <summary>
    /// Scores facts; those up to the last position of their shard are scored then. When content is lost, a rebuild
    /// starts.
    /// </summary>
    public Task ScoreAsync(IReadOnlyCollection<StreamedFact> facts, CancellationToken cancellation)
    {
        var read = readable.Of(facts);
        return KeepAsync(
            async () =>
            {
                await scorer.ScoreAsync(read, _generation, cancellation);
                foreach (var fact in facts)
                {
                    Scored.Add(fact.Position);
                }

                await ProgressAsync(cancellation);
            },
            cancellation);
    }

    /// <summary>One step of the rebuild.</summary>
    public Task RebuildStepAsync(CancellationToken cancellation) => KeepAsync(
        async () =>
        {
            if (_rebuild.IsDone)
            {
                return;
            }

            await _rebuild.StepAsync(_generation, cancellation);
            if (_rebuild.IsDone)
            {
                _losses = 0;
                LogRebuilt();
            }

            await ProgressAsync(cancellation);
        },
        cancellation);

    /// <summary>Sees to it that the content is still there, and as it was left.</summary>
    public Task CheckAsync(CancellationToken cancellation) =>
        KeepAsync(() => ProgressAsync(cancellation), cancellation);

    private async Task TakeAsync(IReadOnlyCollection<int> shards, CancellationToken cancellation)
    {
        var progress = await TakeProgressAsync(cancellation);
        foreach (var gone in Scored.Shards.Except(shards).ToList())
        {
            Scored.End(gone);
            _rebuild.End(gone);
        }

        var taken = shards.Except(Scored.Shards).ToList();
        foreach (var shard in taken)
        {
            // All that is up to the progress is the walk's, all after it the stream's; a walk that was broken off goes
            // over the same again, since the stream does not.
            var known = progress.GetValueOrDefault(shard, NoProgress);
            Scored.Begin(shard, known.ScoredIndex);
            if (known.RebuiltPercent == 100)
            {
                LogResumed(shard, known.ScoredIndex);
            }
            else
            {
                _rebuild.Begin(shard, known.ScoredIndex);
                LogRebuilding(shard, known.ScoredIndex, RebuildWait());
            }
        }

        await ProgressAsync(cancellation);
        foreach (var shard in taken)
        {
            await CatchUpAsync(shard, cancellation);
        }
    }

    /// <summary>What is left of the wait for a rebuild; one that does not wait has been due for a moment.</summary>
    private TimeSpan RebuildWait()
    {
        var wait = _rebuildFrom - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Scores the ledger's facts of a shard up to its head.</summary>
    private async Task CatchUpAsync(int shard, CancellationToken cancellation)
    {
        var head = history.HeadOf(shard);
        while (Scored.IndexOf(shard) < head)
        {
            var start = clock.GetTimestamp();
            var facts = await history.ForwardAsync(
                shard, Scored.IndexOf(shard), CatchUpLength, cancellation);
            await scorer.ScoreAsync(readable.Of(facts), _generation, cancellation);
            telemetry.Scored(facts, start);
            Scored.Add(facts[^1].Position);
            await ProgressAsync(cancellation);
        }
    }

    /// <summary>The parts of the content may say different things for as long as another process writes them.</summary>
    private async Task<IReadOnlyDictionary<int, ShardProgress>> TakeProgressAsync(CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var progress = await store.TakeProgressAsync(_afresh, cancellation);
        while (progress is null && _afresh)
        {
            if (clock.GetElapsedTime(started) > PartsPatience)
            {
                LogParts();
                await ResetAsync(cancellation);
            }

            await Task.Delay(HeadDelay, clock, cancellation);
            progress = await store.TakeProgressAsync(_afresh, cancellation);
        }

        _afresh = false;
        return progress ?? throw new ContentLostException();
    }

    private bool IsOurs(string? generation) => generation?.StartsWith(_kind, StringComparison.Ordinal) == true;

    /// <summary>
    /// Whether the ledger has all that is scored. Another process may be ahead of what is known here, for a moment; a
    /// ledger that was put back to an earlier state stays behind.
    /// </summary>
    private async Task<bool> IsReachedAsync(
        IReadOnlyDictionary<int, ShardProgress> progress, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        while (progress.Any(shard => shard.Key >= history.ShardCount
            || shard.Value.ScoredIndex > history.HeadOf(shard.Key)))
        {
            if (clock.GetElapsedTime(started) > HeadPatience)
            {
                return false;
            }

            await Task.Delay(HeadDelay, clock, cancellation);
        }

        return true;
    }

    private async Task ProgressAsync(CancellationToken cancellation)
    {
        telemetry.Progressed(Scored, _rebuild.Percent);
        if (!await store.SetProgressAsync(_generation, Scored.Progress(_rebuild.PercentOf), cancellation))
        {
            throw new ContentLostException();
        }
    }
}
