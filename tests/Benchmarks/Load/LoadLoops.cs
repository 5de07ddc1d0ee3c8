using System.Diagnostics;
using System.Threading.Channels;

namespace EcmrGateway.Benchmarks.Load;

/// <summary>Closed loops: a number of operations in flight, for a time.</summary>
internal static class LoadLoops
{
    /// <summary>Operations one by one in a number of loops.</summary>
    public static async Task<Measured> UnaryAsync(
        ServerProcess server, int inFlight, TimeSpan duration, Func<Task> operation)
    {
        var histogram = Measured.NewHistogram();
        var processor = server.ProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                await operation();
                histogram.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(sent).Ticks));
            }
        })));
        return Result(server, histogram, processor, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Streams with a window of unanswered messages each.</summary>
    /// <param name="open">Opens a stream: how to send one message, how to wait for one answer, how to end.</param>
    public static async Task<Measured> StreamsAsync(
        ServerProcess server, int streams, int window, TimeSpan duration, Func<StreamUnderLoad> open)
    {
        var histogram = Measured.NewHistogram();
        var processor = server.ProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, streams).Select(_ => Task.Run(async () =>
        {
            using var stream = open();
            var inFlight = Channel.CreateBounded<long>(window);
            var answers = Task.Run(async () =>
            {
                await foreach (var sent in inFlight.Reader.ReadAllAsync())
                {
                    await stream.Receive();
                    histogram.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(sent).Ticks));
                }
            });
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                await inFlight.Writer.WriteAsync(Stopwatch.GetTimestamp());
                await stream.Send();
            }

            await stream.Complete();
            inFlight.Writer.Complete();
            await answers;
        })));
        return Result(server, histogram, processor, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Open loop at a set rate, so that waiting shows as latency: times count from when a message was due.
    /// </summary>
    public static async Task<Measured> OpenAsync(
        ServerProcess server, double rate, TimeSpan duration, Func<Task> operation)
    {
        const int InFlightMax = 8_192;
        var histogram = Measured.NewHistogram();
        var processor = server.ProcessorTime;
        using var places = new SemaphoreSlim(InFlightMax);
        var started = Stopwatch.GetTimestamp();
        var total = (long)(rate * duration.TotalSeconds);
        for (long sent = 0; sent < total;)
        {
            var due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate);
            for (; sent < Math.Min(due, total); sent++)
            {
                await places.WaitAsync();
                _ = OneAsync(TimeSpan.FromSeconds(sent / rate));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        for (var place = 0; place < InFlightMax; place++)
        {
            await places.WaitAsync();
        }

        return Result(server, histogram, processor, Stopwatch.GetElapsedTime(started));

        async Task OneAsync(TimeSpan due)
        {
            try
            {
                await operation();
                histogram.RecordValue(Math.Max(1, (Stopwatch.GetElapsedTime(started) - due).Ticks));
            }
            finally
            {
                places.Release();
            }
        }
    }

    private static Measured Result(
        ServerProcess server, HdrHistogram.HistogramBase histogram, TimeSpan processor, TimeSpan elapsed) => new(
        histogram.TotalCount / elapsed.TotalSeconds,
        Measured.Milliseconds(histogram, 50),
        Measured.Milliseconds(histogram, 99),
        (server.ProcessorTime - processor).TotalMicroseconds / Math.Max(1, histogram.TotalCount),
        histogram.TotalCount);
}

/// <summary>A stream as the load loop sees it.</summary>
internal sealed record StreamUnderLoad(Func<Task> Send, Func<Task> Receive, Func<Task> Complete, IDisposable Call)
    : IDisposable
{
    public void Dispose() => Call.Dispose();
}
