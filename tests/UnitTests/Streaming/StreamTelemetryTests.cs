using System.Collections.Concurrent;
using System.Diagnostics;
using EcmrGateway.Streaming;
using Xunit;

namespace EcmrGateway.UnitTests.Streaming;

public sealed class StreamTelemetryTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", 1)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", 0)]
    [InlineData("nonsense", 0)]
    [InlineData("", 0)]
    public void A_fact_of_a_sampled_trace_has_a_span(string traceParent, int spans)
    {
        var seen = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == StreamTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var telemetry = new StreamTelemetry();

        telemetry.Relayed(Time, traceParent, TimeSpan.FromSeconds(2), Time.AddSeconds(3), "facts");

        Assert.Equal(spans, seen.Count(span => span.OperationName == "send facts"));
        Assert.All(seen, span =>
        {
            Assert.Equal("0af7651916cd43dd8448eb211c80319c", span.TraceId.ToString());
            Assert.Equal(TimeSpan.FromSeconds(2), span.Duration);
        });
    }
}
