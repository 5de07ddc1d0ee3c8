using System.Collections.Concurrent;
using System.Diagnostics;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.EndToEnd;
using EcmrGateway.PathTests.Gateway;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>One trace runs from the submission of a note to its place in the ranking.</summary>
public class OneTraceTests : GatewayTests
{
    /// <summary>Spans of the path that are in the trace of the request itself, by their source.</summary>
    protected virtual string[] Sources => ["EcmrGateway.Host", "EcmrGateway.Scoring"];

    [Fact]
    public async Task The_trace_of_a_submission_reaches_scoring_and_the_batch_links_back_to_it()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Spans.Listen(spans);
        await using var gateway = await StartAsync();

        // What comes before scoring has begun is scored by its rebuild, which is of no request.
        await gateway.WaitUntilRankedAsync();
        var headers = await gateway.AsAsync("submitter");
        var trace = ActivityTraceId.CreateRandom();
        headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }, headers);
        await gateway.WaitUntilRankedAsync();

        var batch = await FindAsync(spans, span => span.Links.Any(link => link.Context.TraceId == trace));
        Assert.NotEqual(trace, batch.TraceId);
        foreach (var source in Sources)
        {
            await FindAsync(spans, span => span.TraceId == trace && span.Source.Name == source);
        }

        var scored = await FindAsync(spans, span => span.TraceId == trace && span.OperationName == "score");
        Assert.Equal(batch.SpanId, Assert.Single(scored.Links).Context.SpanId);
    }

    [Fact]
    public async Task A_span_has_links_up_to_a_limit()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Spans.Listen(spans);
        await using var gateway = await StartAsync();
        await gateway.WaitUntilRankedAsync();
        var trace = ActivityTraceId.CreateRandom();
        var headers = await gateway.AsAsync("submitter");
        headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");

        await Task.WhenAll(Enumerable.Range(0, 600).Select(async number => await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad(plate: $"{10 + (number % 80)}-BCD-3") }, headers)));
        await gateway.WaitUntilRankedAsync();

        // How the notes fall into batches depends on the machine; no span of any has more.
        var linked = spans.Where(span => span.Links.Any(link => link.Context.TraceId == trace)).ToList();
        Assert.NotEmpty(linked);
        Assert.All(linked, span => Assert.InRange(span.Links.Count(), 1, 128));
    }

    /// <summary>A span ends a moment after its effect shows.</summary>
    private static async Task<Activity> FindAsync(ConcurrentQueue<Activity> spans, Func<Activity, bool> wanted)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (spans.FirstOrDefault(wanted) is { } found)
            {
                return found;
            }

            await Task.Delay(
                TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        throw new Xunit.Sdk.XunitException("The span did not come.");
    }
}

/// <summary>The same through Kafka: the trace travels in the records' headers.</summary>
public sealed class OneTraceOnServersTests(TestEngines engines) : OneTraceTests
{
    protected override string[] Sources => ["EcmrGateway.Host", "EcmrGateway.Streaming", "EcmrGateway.Scoring"];

    protected override Task<string[]> EnginesAsync() => engines.GatewaySettingsAsync();
}
