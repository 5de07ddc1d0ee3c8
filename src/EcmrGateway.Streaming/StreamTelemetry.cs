using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using EcmrGateway.Streaming.Kafka;

namespace EcmrGateway.Streaming;

/// <summary>What the stream tells of itself. No tag holds an id or a subject.</summary>
internal sealed partial class StreamTelemetry : IDisposable
{
    public const string Name = "EcmrGateway.Streaming";

    /// <summary>Seconds, from a relay that is up to date to one that was away for a night.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600, 3600],
    };

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _delay;
    private readonly Counter<long> _rebuilds;
    private readonly Counter<long> _deadLetters;
    private readonly ConcurrentDictionary<object, (long Keys, long Records)> _parked = new();

    public StreamTelemetry()
    {
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
        CreateMessaging();

        // From the start, so that the first one is an increase.
        _rebuilds.Add(0);
        SetAside(FactRecord.Behind, records: 0);
    }

    /// <param name="lag">Entries of the shards held here, from the newest fact back to the last acknowledged.</param>
    /// <param name="age">Seconds since the oldest of these facts was received; 0: there is none.</param>
    public void ObserveRelay(Func<long> lag, Func<double> age)
    {
        _meter.CreateObservableGauge(
            "ecmr.streaming.relay.lag", lag, "{entry}", "Entries of the shards held here whose facts are not relayed.");
        _meter.CreateObservableGauge(
            "ecmr.streaming.relay.age", age, "s", "How long the oldest fact of these shards has waited for the relay.");
    }

    public void Rebuilt() => _rebuilds.Add(1);

    public void SetAside(string code, long records = 1) =>
        _deadLetters.Add(records, new KeyValuePair<string, object?>("code", code));

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

    public void Dispose()
    {
        _meter.Dispose();
        _source.Dispose();
    }
}
