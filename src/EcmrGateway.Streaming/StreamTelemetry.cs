using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EcmrGateway.Streaming;

/// <summary>What the stream tells of itself. No tag holds an id or a subject.</summary>
internal sealed class StreamTelemetry : IDisposable
{
    public const string Name = "EcmrGateway.Streaming";

    /// <summary>Seconds, from a relay that is up to date to one that was away for a night.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600],
    };

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _relayed;
    private readonly Histogram<double> _delay;
    private readonly Counter<long> _rebuilds;
    private readonly Counter<long> _deadLetters;
    private readonly ConcurrentDictionary<object, (long Keys, long Records)> _parked = new();

    public StreamTelemetry()
    {
        _relayed = _meter.CreateCounter<long>(
            "ecmr.streaming.relayed", "{fact}", "Facts that the broker acknowledged.");
        _delay = _meter.CreateHistogram(
            "ecmr.streaming.relay.delay", "s", "From a fact's reception to the broker's acknowledgement.", tags: null,
            Seconds);
        _rebuilds = _meter.CreateCounter<long>(
            "ecmr.streaming.producer.rebuilds", "{producer}", "Producers given up after a failure.");
        _deadLetters = _meter.CreateCounter<long>(
            "ecmr.streaming.dead_letters", "{record}", "Records parked: of no use, or behind one that is.");
        _meter.CreateObservableGauge(
            "ecmr.streaming.parked.keys", () => _parked.Values.Sum(one => one.Keys), "{key}",
            "Keys in the partitions held here whose facts wait for an operator.");
        _meter.CreateObservableGauge(
            "ecmr.streaming.parked.records", () => _parked.Values.Sum(one => one.Records), "{record}",
            "Records that wait for these keys.");
    }

    /// <param name="lag">Entries of the shards held here, from the newest fact back to the last acknowledged.</param>
    public void ObserveLag(Func<long> lag) => _meter.CreateObservableGauge(
        "ecmr.streaming.relay.lag", lag, "{entry}", "Entries of the shards held here whose facts are not relayed.");

    public void Rebuilt() => _rebuilds.Add(1);

    public void SetAside(string code) => _deadLetters.Add(1, new KeyValuePair<string, object?>("code", code));

    /// <summary>What is parked in the partitions of a member; nothing when it ends.</summary>
    public void Parked(object member, long keys, long records)
    {
        if (keys == 0)
        {
            _parked.TryRemove(member, out _);
        }
        else
        {
            _parked[member] = (keys, records);
        }
    }

    /// <summary>After the acknowledgement of a fact.</summary>
    public void Relayed(
        DateTimeOffset received, string traceParent, DateTimeOffset sent, DateTimeOffset acknowledged, string topic)
    {
        _relayed.Add(1);
        _delay.Record((acknowledged - received).TotalSeconds);

        // A child of the request's span, as the consumer's is, so that one trace shows the path.
        if (traceParent.Length > 0 && _source.HasListeners()
            && ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            && parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded))
        {
            using var span = _source.StartActivity("send", ActivityKind.Producer, parent, startTime: sent);
            span?.SetTag("messaging.system", "kafka");
            span?.SetTag("messaging.destination.name", topic);
            span?.SetEndTime(acknowledged.UtcDateTime);
        }
    }

    public void Dispose()
    {
        _meter.Dispose();
        _source.Dispose();
    }
}
