using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EcmrGateway.HotStore;

/// <summary>Instruments of the hot store. Tags hold operations and outcomes, never a key.</summary>
internal sealed class HotStoreTelemetry : IDisposable
{
    public const string MeterName = "EcmrGateway.HotStore";

    /// <summary>Seconds, from a round trip inside a machine to the timeout.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2],
    };

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _undecodable;

    public HotStoreTelemetry()
    {
        _duration = _meter.CreateHistogram(
            "ecmr.hotstore.duration", "s", "Time of an operation, with all its commands.", tags: null, Seconds);
        _undecodable = _meter.CreateCounter<long>(
            "ecmr.hotstore.undecodable", "{value}", "Values that could not be read and count as missing.");

        // From the start, so that the first one is an increase.
        _undecodable.Add(0);
    }

    public void Asked(string operation, string outcome, TimeSpan duration)
    {
        if (_duration.Enabled)
        {
            _duration.Record(
                duration.TotalSeconds,
                new TagList { { "operation", operation }, { "outcome", outcome } });
        }
    }

    public void Undecodable() => _undecodable.Add(1);

    public void Dispose() => _meter.Dispose();
}
