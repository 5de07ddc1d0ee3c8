using System.Diagnostics;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;

namespace EcmrGateway.Benchmarks.Hot;

/// <summary>Screening and the top of an area with a million vehicles in the embedded hot store.</summary>
internal static class HotBench
{
    private const string Content = "bench";
    private const int AreaCount = 24;
    private const int HourCount = 4;
    private const int SaveLength = 1_000;

    /// <summary>Rankings of hours that are over expire at once, so these are of now and later.</summary>
    private static readonly int Now = (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3_600);

    public static async Task RunAsync(bool quick)
    {
        var vehicles = quick ? 20_000 : 1_000_000;
        var reads = quick ? 500 : 10_000;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHotStore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var host = builder.Build();
        await host.StartAsync();
        var store = host.Services.GetRequiredService<IHotStore>();

        await store.ResetAsync(Content, new Dictionary<int, ShardProgress>(), CancellationToken.None);
        await store.TakeProgressAsync(afresh: true, CancellationToken.None);
        var memory = Environment.WorkingSet;
        var started = Stopwatch.GetTimestamp();
        for (var first = 0; first < vehicles; first += SaveLength)
        {
            await store.SaveAsync(Content, Changes(first, SaveLength), CancellationToken.None);
        }

        var saved = vehicles / Stopwatch.GetElapsedTime(started).TotalSeconds;
        memory = Environment.WorkingSet - memory;
        var floor = await TimesAsync(reads, _ => store.ProgressAsync(CancellationToken.None));
        var screen = await TimesAsync(reads, index => store.AssessmentsAsync(
            [Vehicle(index * 7919 % vehicles)], CancellationToken.None));
        var full = true;
        var top = await TimesAsync(reads / 5, async index =>
        {
            var best = await store.TopAsync($"area-{index % AreaCount}", Now, Now + 1, 50, CancellationToken.None);
            full &= best.Count == 50;
            await store.AssessmentsAsync([.. best.Select(entry => entry.Vehicle)], CancellationToken.None);
        });
        if (!full)
        {
            throw new InvalidOperationException("A ranking had fewer than 50 vehicles: nothing was measured.");
        }

        FigureReport.Write(
            "hot",
            [
                new($"screen a plate, {vehicles:N0} vehicles", screen.P99Ms, "ms p99", floor.P99Ms, 5, screen.P50Ms,
                    screen.P99Ms),
                new("top 50 of an area, 2 hours", top.P99Ms, "ms p99", floor.P99Ms, 10, top.P50Ms, top.P99Ms),
                new("one round trip (floor)", floor.P99Ms, "ms p99", null, null, floor.P50Ms, floor.P99Ms),
                new("vehicles saved", saved, "1/s"),
                new("memory", memory / (double)vehicles, "B/vehicle"),
            ],
            quick);
        await host.StopAsync();
    }

    private static async Task<(double P50Ms, double P99Ms)> TimesAsync(int count, Func<int, Task> read)
    {
        var histogram = Measured.NewHistogram();
        for (var index = 0; index < count; index++)
        {
            var started = Stopwatch.GetTimestamp();
            await read(index);
            histogram.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(started).Ticks));
        }

        return (Measured.Milliseconds(histogram, 50), Measured.Milliseconds(histogram, 99));
    }

    private static int HourOf(int index) => Now + (index / AreaCount % HourCount);

    private static SubjectId Vehicle(int index) => new((UInt128)(uint)index * 0x9E3779B97F4A7C15UL);

    private static HotChanges Changes(int first, int count) => new(
        new Dictionary<SubjectId, Changed<CarrierProfile>>(), new Dictionary<SubjectId, Changed<HotConsignor>>(),
        [
            .. Enumerable.Range(first, count).Select(index => new ChangedVehicle(
                VehicleProfile.Empty, [], Assessment(index), HotVersion.Absent, new((ulong)index + 1))),
        ]);

    private static VehicleAssessment Assessment(int index) => new(
        Vehicle(index),
        [
            new MovementScore
            {
                Position = index + 1,
                Leg = 0,
                Points = index * 31 % 61,
                Consequence = 1 + (index % 4),
                AsOfMs = 0,
                ReceivedMs = 0,
                StartMs = 0,
                EndMs = 3_600_000,
                Uncertain = false,
                Contributions =
                [
                    new(
                        "DOCUMENT_INTEGRITY", index * 31 % 61, "The note was recorded with 3 warnings.",
                        "CMR art. 6; e-CMR art. 4", [index + 1]),
                ],
                Passages =
                [
                    new($"area-{index % AreaCount}", HourOf(index), HourOf(index)),
                    new($"area-{(index + 5) % AreaCount}", HourOf(index), HourOf(index)),
                ],
            },
        ],
        null, RiskModel.Version, "0123456789abcdef");
}
