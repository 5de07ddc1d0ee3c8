using System.Diagnostics;
using System.Diagnostics.Metrics;
using EcmrGateway.Scoring.Consume;
using EcmrGateway.Streaming;

namespace EcmrGateway.Scoring;

/// <summary>Instruments and spans of scoring. No subject is in a tag or a span.</summary>
internal sealed class ScoringTelemetry : IDisposable
{
    public const string Name = "EcmrGateway.Scoring";

    /// <summary>Links of a span at most; OpenTelemetry's own limit is the same.</summary>
    private const int LinksMax = 128;

    private static readonly KeyValuePair<string, object?> NoteKind = new("kind", "note");
    private static readonly KeyValuePair<string, object?> InspectionKind = new("kind", "inspection");

    /// <summary>Seconds, from a batch in the cache to a backlog of minutes.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 300],
    };

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly FactHistory _history;
    private readonly TimeProvider _clock;
    private readonly Counter<long> _facts;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _assessed;
    private readonly Counter<long> _retried;
    private readonly Counter<long> _conflicts;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _delay;
    private long _behind;
    private int _rebuiltPercent;

    public ScoringTelemetry(FactHistory history, TimeProvider clock)
    {
        _history = history;
        _clock = clock;
        _facts = _meter.CreateCounter<long>("ecmr.scoring.facts", "{fact}", "Facts scored.");
        _unreadable = _meter.CreateCounter<long>(
            "ecmr.scoring.unreadable", "{fact}", "Facts left out because they could not be read.");
        _assessed = _meter.CreateCounter<long>("ecmr.scoring.assessed", "{vehicle}", "Assessments made.");
        _retried = _meter.CreateCounter<long>(
            "ecmr.scoring.store_retries", "{try}", "Calls repeated because the hot store was away.");
        _conflicts = _meter.CreateCounter<long>(
            "ecmr.scoring.conflicts", "{profile}", "Profiles scored again because another process had changed them.");
        _duration = _meter.CreateHistogram(
            "ecmr.scoring.score.duration", "s", "Time of a batch of facts.", tags: null, Seconds);
        _delay = _meter.CreateHistogram(
            "ecmr.scoring.submit_to_ranked.delay", "s", "From a note's reception to its place in the rankings.",
            tags: null, Seconds);
        _meter.CreateObservableGauge(
            "ecmr.scoring.lag", () => Volatile.Read(ref _behind), "{position}",
            "Positions of this process's shards that are not scored yet.");
        _meter.CreateObservableGauge(
            "ecmr.scoring.rebuilt", () => Volatile.Read(ref _rebuiltPercent) / 100.0, "1", "Share that is rebuilt.");

        // From the start, so that the first one is an increase.
        _unreadable.Add(0);
        _retried.Add(0);
    }

    public void Unreadable(int facts) => _unreadable.Add(facts);

    public void Assessed(int vehicles) => _assessed.Add(vehicles);

    /// <param name="profiles">Not saved, as another process had changed them.</param>
    public void Conflicts(int profiles) => _conflicts.Add(profiles);

    public void Retried() => _retried.Add(1);

    public void Progressed(ScoredFacts scored, int rebuiltPercent)
    {
        Volatile.Write(ref _behind, scored.Behind(_history));
        Volatile.Write(ref _rebuiltPercent, rebuiltPercent);
    }

    /// <summary>After the save of a batch.</summary>
    /// <param name="start">Timestamp of the clock when work on the batch began.</param>
    public void Scored(IReadOnlyList<StreamedFact> batch, long start)
    {
        var now = _clock.GetUtcNow();
        var duration = _clock.GetElapsedTime(start);
        _duration.Record(duration.TotalSeconds);
        var traced = _source.HasListeners() ? Traced(batch) : [];
        var notes = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i].Fact.Note is not null)
            {
                notes++;
                if (!traced.ContainsKey(i))
                {
                    Delayed(batch[i], now);
                }
            }
        }

        _facts.Add(notes, NoteKind);
        _facts.Add(batch.Count - notes, InspectionKind);
        if (traced.Count > 0)
        {
            Trace(batch, traced, now - duration, now);
        }
    }

    public void Dispose()
    {
        _meter.Dispose();
        _source.Dispose();
    }

    private void Delayed(StreamedFact fact, DateTimeOffset now) =>
        _delay.Record((now - fact.ReceivedTime).TotalSeconds);

    /// <returns>Requests that were traced, by the place of their fact in the batch.</returns>
    private static SortedDictionary<int, ActivityContext> Traced(IReadOnlyList<StreamedFact> batch)
    {
        var traced = new SortedDictionary<int, ActivityContext>();
        for (var i = 0; i < batch.Count; i++)
        {
            if (ActivityContext.TryParse(batch[i].TraceParent, null, isRemote: true, out var request)
                && request.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
            {
                traced.Add(i, request);
            }
        }

        return traced;
    }

    /// <summary>
    /// A span for the batch, linked to the requests that recorded its facts; and in the trace of each request a span
    /// for its fact, linked to the batch, so that one trace shows the path and the batch shows its company.
    /// </summary>
    /// <remarks>A batch without a recorded trace has none.</remarks>
    private void Trace(
        IReadOnlyList<StreamedFact> batch, SortedDictionary<int, ActivityContext> traced, DateTimeOffset start,
        DateTimeOffset end)
    {
        using var whole = _source.StartActivity(
            "process facts", ActivityKind.Consumer, parentContext: default,
            links: traced.Values.Take(LinksMax).Select(request => new ActivityLink(request)), startTime: start);
        whole?.SetTag("messaging.operation.type", "process");
        whole?.SetTag("messaging.batch.message_count", batch.Count);
        ActivityLink[]? toWhole = whole is null ? null : [new(whole.Context)];
        foreach (var (place, request) in traced)
        {
            using var span = _source.StartActivity(
                "score", ActivityKind.Consumer, request, links: toWhole, startTime: start);
            span?.SetTag("ecmr.position", batch[place].Position);
            if (batch[place].Fact.Note is not null)
            {
                // While the span is the current one: then the measurement is its exemplar.
                Delayed(batch[place], end);
            }

            span?.SetEndTime(end.UtcDateTime);
        }

        whole?.SetEndTime(end.UtcDateTime);
    }
}
