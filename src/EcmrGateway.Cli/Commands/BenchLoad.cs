using System.Collections.Concurrent;
using System.Diagnostics;
using Ecmr.Note.V1;
using EcmrGateway.Client;
using EcmrGateway.Client.Sample;
using EcmrGateway.Client.Submit;
using HdrHistogram;

namespace EcmrGateway.Cli.Commands;

/// <summary>Hands in the notes of a generator from many callers at once and keeps the times.</summary>
internal sealed class BenchLoad(GatewayClient client, NoteGenerator generator, int concurrency)
{
    private const int ReportEvery = 64;

    // Microseconds from 1 to two minutes, to three digits.
    private readonly LongConcurrentHistogram _times = new(1, 120_000_000, 3);
    private int _next = -1;
    private int _recorded;
    private int _failed;
    private string? _firstError;

    /// <summary>Single calls, <c>concurrency</c> in flight.</summary>
    public Task CallAsync(Action<long> report, CancellationToken cancellation) => EachAsync(async () =>
    {
        while (Take() is { } note)
        {
            var start = Stopwatch.GetTimestamp();
            Keep(await client.SubmitAsync(note, null, cancellation).ConfigureAwait(false), start, report);
        }
    });

    /// <summary>Streams, each with the client's window.</summary>
    public Task StreamAsync(Action<long> report, CancellationToken cancellation) => EachAsync(async () =>
    {
        var starts = new ConcurrentQueue<long>();
        await foreach (var answer in client.SubmitManyAsync(Notes(starts), cancellation).ConfigureAwait(false))
        {
            starts.TryDequeue(out var start);
            Keep(answer, start, report);
        }
    });

    public BenchResult Result(bool streaming, int window, TimeSpan elapsed) => new(
        streaming ? $"{concurrency} streams, window {window}" : $"{concurrency} calls in flight",
        generator.Count, _recorded, _failed, elapsed.TotalSeconds, _recorded / elapsed.TotalSeconds,
        _times.GetValueAtPercentile(50) / 1000.0, _times.GetValueAtPercentile(99) / 1000.0,
        _times.GetMaxValue() / 1000.0, _firstError);

    private Task EachAsync(Func<Task> work) =>
        Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(work)));

    private async IAsyncEnumerable<ConsignmentNote> Notes(ConcurrentQueue<long> starts)
    {
        await Task.Yield();
        while (Take() is { } note)
        {
            starts.Enqueue(Stopwatch.GetTimestamp());
            yield return note;
        }
    }

    private ConsignmentNote? Take()
    {
        var index = Interlocked.Increment(ref _next);
        return index < generator.Count ? generator.Create(index).Note : null;
    }

    private void Keep(SubmitAnswer answer, long start, Action<long> report)
    {
        _times.RecordValue(Math.Clamp((long)Stopwatch.GetElapsedTime(start).TotalMicroseconds, 1, 120_000_000));
        if (answer.Recorded is not null)
        {
            var recorded = Interlocked.Increment(ref _recorded);
            if (recorded % ReportEvery == 0)
            {
                report(recorded);
            }

            return;
        }

        Interlocked.Increment(ref _failed);
        _firstError ??= $"{answer.Error!.Code} {answer.Error.Reason} {answer.Error.Message}";
    }
}
