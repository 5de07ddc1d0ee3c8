using System.Collections.Concurrent;
using System.Diagnostics;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>Listens to the gateway's spans as an exporter does.</summary>
internal static class Spans
{
    private const string Ours = "EcmrGateway.";

    /// <param name="ended">Takes spans that have ended; null: they are dropped.</param>
    public static ActivityListener Listen(ConcurrentQueue<Activity>? ended = null)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith(Ours, StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => ended?.Enqueue(span),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
