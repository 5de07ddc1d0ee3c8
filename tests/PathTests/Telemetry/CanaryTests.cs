using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using EcmrGateway.Ledger;
using EcmrGateway.PathTests.Gateway;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>
/// Names, plates, streets and other content of a note are found in the ledger's notes and nowhere else.
/// </summary>
public sealed class CanaryTests
{
    private static readonly string[] Canaries =
        [SampleNotes.Canary, "12-BCD-3", "12BCD3", "Ceramic", "canary@", "+31600000000", "NL123456789B01"];

    [Fact]
    public async Task No_content_of_a_note_reaches_logs_spans_metrics_facts_or_the_hot_store()
    {
        var lines = new ConcurrentQueue<string>();
        using var spans = Listen(lines);
        await using var gateway = await RunningGateway.StartAsync(
            settings: ["--Telemetry:SampleRatio=1"],
            configure: builder => builder.Logging.SetMinimumLevel(LogLevel.Debug)
                .AddFilter(_ => true).AddProvider(new QueueLogger(lines)));
        await WorkAsync(gateway);
        lines.Enqueue(await gateway.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken));

        var ledger = gateway.Services.GetRequiredService<INoteLedger>();
        foreach (var fact in await ledger.ReadFactsAsync(0, -1, 100, CancellationToken.None))
        {
            lines.Enqueue(Encoding.Latin1.GetString(fact.Fact.Span));
            lines.Enqueue(Ecmr.Facts.V1.Fact.Parser.ParseFrom(fact.Fact.Span).ToString());
        }

        await foreach (var text in HotContent.ReadAllAsync(gateway))
        {
            lines.Enqueue(text);
        }

        Assert.Contains(lines, line => line.Contains("ecmr_ingress_notes", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("span ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("log ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => Canaries.Any(
            canary => line.Contains(canary, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task WorkAsync(RunningGateway gateway)
    {
        var submitter = await gateway.AsAsync("submitter");
        var inspector = await gateway.AsAsync("inspector", "ilt");
        await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }, submitter);
        var refused = SampleNotes.OnTheRoad();
        refused.CmrClause = false;
        await Assert.ThrowsAsync<RpcException>(async () =>
            await gateway.Ingress.SubmitAsync(new() { Note = refused }, submitter));
        await gateway.WaitUntilRankedAsync();
        var screened = await gateway.Inspection.ScreenVehicleAsync(new() { Plate = "12-BCD-3" }, inspector);
        var vehicle = screened.Vehicles[0];
        await gateway.Inspection.RevealVehiclesAsync(
            new()
            {
                Vehicles = { vehicle.Vehicle },
                Reason = new() { Purpose = "check", LegalBasis = "Wwg art. 2.13" },
            },
            inspector);
        await gateway.Inspection.RecordOutcomeAsync(
            new()
            {
                RequestId = Guid.NewGuid().ToString(),
                Plate = "12-BCD-3",
                Country = "NL",
                InspectedTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
            },
            inspector);
        await gateway.WaitUntilRankedAsync();
    }

    private static ActivityListener Listen(ConcurrentQueue<string> lines)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => lines.Enqueue(
                $"span {activity.DisplayName} {string.Join(' ', activity.TagObjects)} "
                + string.Join(' ', activity.Events.Select(happened => string.Join(' ', happened.Tags)))),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class QueueLogger(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"log {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
