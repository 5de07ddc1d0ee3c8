using System.Diagnostics;
using System.Diagnostics.Metrics;
using Google.Rpc;

namespace EcmrGateway.Ingress;

/// <summary>Counts and times of submissions. Tags have few values: an outcome, never an id or a party.</summary>
internal sealed class IngressTelemetry
{
    private static readonly string[] Outcomes =
        ["recorded", "already_recorded", "refused", "conflict", "overloaded", "unavailable"];

    private readonly Counter<long> _notes;
    private readonly Histogram<double> _duration;

    public IngressTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create("EcmrGateway.Ingress");
        _notes = meter.CreateCounter<long>(
            "ecmr.ingress.notes", "{note}", "Notes answered, by outcome.");
        foreach (var outcome in Outcomes)
        {
            // From the start, so that the first of a kind is an increase.
            _notes.Add(0, new KeyValuePair<string, object?>("outcome", outcome));
        }

        _duration = meter.CreateHistogram(
            "ecmr.ingress.submit.duration", "s", "From the note's arrival to its answer, by outcome.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries =
                    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
            });
    }

    public void Answered(Google.Rpc.Status? error, bool already, long startedTimestamp)
    {
        var outcome = new KeyValuePair<string, object?>("outcome", error is null
            ? already ? "already_recorded" : "recorded"
            : (Code)error.Code switch
            {
                Code.InvalidArgument => "refused",
                Code.AlreadyExists => "conflict",
                Code.ResourceExhausted => "overloaded",
                _ => "unavailable",
            });
        _notes.Add(1, outcome);
        _duration.Record(Stopwatch.GetElapsedTime(startedTimestamp).TotalSeconds, outcome);
    }
}
