using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EcmrGateway.PathTests.Gateway;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>A collector that is away, or takes what comes and never answers, holds up nothing.</summary>
public sealed class CollectorTests
{
    private const string Category = "EcmrGateway.Host.Telemetry.Collector";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_said_once_and_calls_and_the_stop_go_on(bool listens)
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        if (!listens)
        {
            silent.Stop();
        }

        var lines = new ConcurrentQueue<string>();
        var gateway = await RunningGateway.StartAsync(
            settings:
            [
                string.Create(CultureInfo.InvariantCulture, $"--Telemetry:OtlpEndpoint=http://127.0.0.1:{port}"),
                "--Telemetry:SampleRatio=1", "--Shutdown:DrainDelay=00:00:00",
            ],
            configure: builder => builder.Logging.AddProvider(new OfCategory(lines)));
        var headers = await gateway.AsAsync("submitter");

        // A few exports long, and more spans than the queue holds in the first moment.
        var start = Stopwatch.GetTimestamp();
        var slowest = TimeSpan.Zero;
        for (var number = 0; Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(25); number++)
        {
            var call = Stopwatch.GetTimestamp();
            await gateway.Ingress.SubmitAsync(
                new() { Note = SampleNotes.OnTheRoad() }, headers, cancellationToken: Cancellation);
            var took = Stopwatch.GetElapsedTime(call);
            slowest = took > slowest ? took : slowest;
            await Task.Delay(
                TimeSpan.FromMilliseconds(number < 3_000 ? 0 : 100), TimeProvider.System, Cancellation);
        }

        Assert.Matches(
            $@"\AThe collector of Telemetry:OtlpEndpoint \(http://127\.0\.0\.1:{port}\) does not answer; ",
            Assert.Single(lines));
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        var stop = Stopwatch.GetTimestamp();
        await gateway.DisposeAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(stop), TimeSpan.Zero, TimeSpan.FromSeconds(15));
    }

    private sealed class OfCategory(ConcurrentQueue<string> lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName == Category ? new Lines(lines) : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Dispose()
        {
        }
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => lines.Enqueue(formatter(state, exception));
    }
}
