using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EcmrGateway.Ledger.Telemetry;

/// <summary>What the ledger tells of itself. No tag holds an id or a party.</summary>
internal sealed class LedgerMetrics : IDisposable
{
    private readonly Meter _meter = new("EcmrGateway.Ledger");
    private readonly Histogram<int> _batchLength;
    private readonly Histogram<double> _commitDuration;
    private readonly Counter<long> _appends;

    public LedgerMetrics()
    {
        _batchLength = _meter.CreateHistogram(
            "ecmr.ledger.batch.length", "{append}", "Appends in one transaction.", tags: null,
            new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] });
        _commitDuration = _meter.CreateHistogram(
            "ecmr.ledger.commit.duration", "s", "Time of one transaction, with its flush to disk.", tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
            });
        _appends = _meter.CreateCounter<long>("ecmr.ledger.appends", "{append}", "Appends by what became of them.");
    }

    /// <param name="queueLength">Appends that wait for the writer.</param>
    /// <param name="headPosition">Position of the newest committed entry.</param>
    public void Observe(Func<int> queueLength, Func<long> headPosition)
    {
        _meter.CreateObservableGauge(
            "ecmr.ledger.queue_length", queueLength, "{append}", "Appends that wait for the writer.");
        _meter.CreateObservableGauge(
            "ecmr.ledger.head_position", headPosition, "{entry}", "Position of the newest committed entry.");
    }

    public void Committed(int batchLength, TimeSpan duration)
    {
        _batchLength.Record(batchLength);
        _commitDuration.Record(duration.TotalSeconds);
    }

    public void Told(AppendStatus status) =>
        _appends.Add(1, new KeyValuePair<string, object?>("status", NameOf(status)));

    public void Dispose() => _meter.Dispose();

    private static string NameOf(AppendStatus status) => status switch
    {
        AppendStatus.Appended => "appended",
        AppendStatus.AlreadyAppended => "already_appended",
        AppendStatus.Erased => "erased",
        AppendStatus.RequestIdReused => "request_id_reused",
        AppendStatus.ContentDiffers => "content_differs",
        AppendStatus.Overloaded => "overloaded",
        AppendStatus.Unavailable => "unavailable",
        _ => throw new UnreachableException($"No such status: {status}."),
    };
}
