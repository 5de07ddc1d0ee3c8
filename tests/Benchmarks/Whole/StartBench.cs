using System.Diagnostics;
using Ecmr.Ingress.V1;
using Ecmr.Inspection.V1;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using Grpc.Core;

namespace EcmrGateway.Benchmarks.Whole;

/// <summary>
/// From the start of the process to the first accepted note, empty and with a full ledger; bytes on disk.
/// </summary>
internal static class StartBench
{
    public static async Task RunAsync(bool quick)
    {
        var notes = quick ? 5_000 : 1_000_000;
        var pool = new NotePool(quick ? 2_000 : 20_000, seed: 3);
        var folder = Directory.CreateTempSubdirectory("ecmr-bench-").FullName;
        var empty = await FirstNoteAsync(folder, pool);
        var (bytes, commits) = await FillAsync(folder, pool, notes);
        var (first, whole) = await RestartAsync(folder, pool);
        FigureReport.Write(
            "start",
            [
                new("start to first note, empty", empty.TotalMilliseconds, "ms", null, 2_000),
                new($"start to first note, {notes:N0}", first.TotalMilliseconds, "ms", null, 2_000),
                new($"start to whole ranking, {notes:N0}", whole.TotalSeconds, "s", null, 60),
                new("bytes on disk", bytes, "B/note", pool.MeanBytes),
                new("commits (fsyncs), 1 in flight", commits[0], "1/note"),
                new("commits (fsyncs), 32 in flight", commits[1], "1/note"),
                new("commits (fsyncs), 256 in flight", commits[2], "1/note"),
            ],
            quick);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<TimeSpan> FirstNoteAsync(string folder, NotePool pool)
    {
        var started = Stopwatch.GetTimestamp();
        await using var gateway = ServerProcess.StartGatewayNow(folder);
        await AcceptedAsync(gateway, pool);
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task AcceptedAsync(ServerProcess gateway, NotePool pool)
    {
        using var channel = gateway.Connect();
        var client = new IngressService.IngressServiceClient(channel);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var headers = await gateway.AsAsync("submitter", "bench");
                await client.SubmitAsync(pool.Next(), headers);
                return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or RpcException && attempt < 3_000)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }
    }

    private static async Task<(double BytesPerNote, double[] CommitsPerNote)> FillAsync(
        string folder, NotePool pool, int notes)
    {
        await using var gateway = await ServerProcess.StartGatewayAsync(folder, "--roles=ingress");
        var headers = await gateway.AsAsync("submitter", "bench");
        using var channel = gateway.Connect();
        var client = new IngressService.IngressServiceClient(channel);
        long sent = 0;
        var commits = new List<double>();
        foreach (var inFlight in new[] { 1, 32, 256 })
        {
            var (countBefore, commitsBefore) = await CountsAsync(gateway);
            await LoadLoops.UnaryAsync(gateway, inFlight, TimeSpan.FromSeconds(1), SubmitAsync);
            var (count, commitCount) = await CountsAsync(gateway);
            commits.Add((commitCount - commitsBefore) / Math.Max(1, count - countBefore));
        }

        while (Volatile.Read(ref sent) < notes)
        {
            var left = notes - Volatile.Read(ref sent);
            await Parallel.ForAsync(
                0, (int)Math.Min(left, 50_000), new ParallelOptions { MaxDegreeOfParallelism = 256 },
                async (_, _) => await SubmitAsync());
        }

        var bytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        return (bytes / (double)sent, [.. commits]);

        async Task SubmitAsync()
        {
            await client.SubmitAsync(pool.Next(), headers);
            Interlocked.Increment(ref sent);
        }
    }

    private static async Task<(double Notes, double Commits)> CountsAsync(ServerProcess gateway)
    {
        var lines = (await gateway.MetricsAsync()).Split('\n');
        return (Value("ecmr_ledger_batch_length_sum"), Value("ecmr_ledger_batch_length_count"));

        double Value(string name) =>
            lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
                ? double.Parse(
                    line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0],
                    System.Globalization.CultureInfo.InvariantCulture)
                : 0;
    }

    private static async Task<(TimeSpan First, TimeSpan Whole)> RestartAsync(string folder, NotePool pool)
    {
        var started = Stopwatch.GetTimestamp();
        await using var gateway = ServerProcess.StartGatewayNow(folder);
        await AcceptedAsync(gateway, pool);
        var first = Stopwatch.GetElapsedTime(started);
        using var channel = gateway.Connect();
        await PathBench.RankedAsync(
            new InspectionService.InspectionServiceClient(channel), await gateway.AsAsync("inspector", "bench"));
        return (first, Stopwatch.GetElapsedTime(started));
    }
}
