using System.Collections.Concurrent;
using System.Diagnostics;
using EcmrGateway.PathTests.Gateway;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>One trace runs from the submission of a note to its place in the ranking.</summary>
public sealed class OneTraceTests
{
    [Fact]
    public async Task The_span_of_scoring_is_in_the_trace_of_the_submission()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "EcmrGateway.Scoring" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var gateway = await RunningGateway.StartAsync();
        var headers = await gateway.AsAsync("submitter");
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        headers.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");

        await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }, headers);
        await gateway.WaitUntilRankedAsync();

        Assert.Contains(spans, span => span.Source.Name == "EcmrGateway.Scoring" && span.TraceId.ToString() == Trace);
        Assert.Contains(spans, span => span.Source.Name == "Microsoft.AspNetCore" && span.TraceId.ToString() == Trace);
    }
}
