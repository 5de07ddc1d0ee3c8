using System.Diagnostics;
using Ecmr.Ingress.V1;
using Ecmr.Inspection.V1;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using Grpc.Core;

namespace EcmrGateway.Benchmarks.Whole;

/// <summary>The whole path under load: all roles in one process, notes over streams, every note ranked.</summary>
internal static class PathBench
{
    private const double TargetRate = 5_000;
    private const int StreamCount = 4;

    public static async Task RunAsync(bool quick)
    {
        var pool = new NotePool(quick ? 2_000 : 20_000, seed: 2);
        var folder = Directory.CreateTempSubdirectory("ecmr-bench-").FullName;
        await using var gateway = await ServerProcess.StartGatewayAsync(folder);
        var headers = await gateway.AsAsync("submitter", "bench");
        var inspector = await gateway.AsAsync("inspector", "bench");
        using var channel = gateway.Connect();
        var ingress = new IngressService.IngressServiceClient(channel);
        var inspection = new InspectionService.InspectionServiceClient(channel);

        var streams = new SubmitStreams(ingress, headers, pool, StreamCount);

        // Long enough for the code of all roles to be compiled for good.
        await LoadLoops.UnaryAsync(gateway, 256, TimeSpan.FromSeconds(quick ? 1 : 30), streams.SubmitAsync);
        await RankedAsync(inspection, inspector);
        var warming = Delays.Read(await gateway.MetricsAsync());

        var half = await LoadLoops.OpenAsync(
            gateway, TargetRate / 2, TimeSpan.FromSeconds(quick ? 2 : 20), streams.SubmitAsync);
        await RankedAsync(inspection, inspector);
        var delays = Delays.Read(await gateway.MetricsAsync()).Since(warming);

        var allocated = await gateway.AllocatedBytesAsync();
        var full = await LoadLoops.OpenAsync(
            gateway, TargetRate, TimeSpan.FromSeconds(quick ? 2 : 60), streams.SubmitAsync);
        var catchUp = await RankedAsync(inspection, inspector);
        allocated = (await gateway.AllocatedBytesAsync() - allocated) / full.Answers;
        await streams.CompleteAsync();
        FigureReport.Write(
            "path",
            [
                new("accepted at 5,000/s offered", full.Rate, "notes/s", TargetRate, 1, full.P50Ms, full.P99Ms),
                new("last note ranked after the load", catchUp.TotalMilliseconds, "ms"),
                new("processor, all roles", full.ProcessorMicroseconds, "us/note", AllocatedBytes: allocated),
                new("accepted at 2,500/s offered", half.Rate, "notes/s", TargetRate / 2, 1, half.P50Ms, half.P99Ms),
                new("submit to ranked, 2,500/s, p50", delays.Quantile(0.5) * 1000, "ms up to"),
                new("submit to ranked, 2,500/s, p99", delays.Quantile(0.99) * 1000, "ms up to", null, 1000),
                new("resident memory", gateway.ResidentBytes / 1e6, "MB"),
            ],
            quick);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Waits until everything is ranked, and says how long that took.</summary>
    public static async Task<TimeSpan> RankedAsync(
        InspectionService.InspectionServiceClient inspection, Metadata headers)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(5))
        {
            var completeness = (await inspection.ScreenVehicleAsync(
                new() { Plate = "12BCD3", Country = "NL" }, headers)).Completeness;
            if (completeness.RebuiltPercent == 100 && completeness.ScoredPosition >= completeness.NewestPosition)
            {
                return Stopwatch.GetElapsedTime(started);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new TimeoutException("Not everything was ranked within five minutes.");
    }
}
