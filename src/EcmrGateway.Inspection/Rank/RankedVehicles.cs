using Ecmr.Inspection.V1;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.Ledger;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.Inspection.Rank;

/// <summary>A stretch of a ranking.</summary>
/// <param name="Vehicles">Highest points first, then by pseudonym.</param>
/// <param name="More">Whether there are more after them.</param>
internal sealed record RankedPage(IReadOnlyList<RankedVehicle> Vehicles, bool More, Completeness Completeness);

/// <summary>Reads rankings from the hot store; while that is away, from what was read of it last.</summary>
internal sealed class RankedVehicles(IHotStore hotStore, LastRead lastRead, INoteLedger ledger, TimeProvider clock)
{
    /// <summary>A movement is still of interest for this long after its expected end.</summary>
    private static readonly TimeSpan AfterEnd = TimeSpan.FromHours(2);

    /// <exception cref="HotStoreUnavailableException">The store is away, and nothing of the area is known.</exception>
    public async Task<RankedPage> ListAsync(
        RankWindow window, int offset, int limit, CancellationToken cancellation)
    {
        try
        {
            return await ReadListAsync(window, offset, limit, cancellation);
        }
        catch (HotStoreUnavailableException)
            when (lastRead.Find(window) is { } known)
        {
            return new(
                [.. known.Vehicles.Skip(offset).Take(limit)], known.Vehicles.Count > offset + limit,
                Degraded(known.Progress, known.ReadTime));
        }
    }

    /// <summary>
    /// What is known of vehicles now: of each its strongest movement that has not ended, or its latest.
    /// </summary>
    /// <exception cref="HotStoreUnavailableException">
    /// The store is away, and nothing of these vehicles is known. That is not the same as a vehicle that is unknown.
    /// </exception>
    public async Task<RankedPage> ScreenAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation)
    {
        try
        {
            var progress = hotStore.ProgressAsync(cancellation);
            var found = await hotStore.AssessmentsAsync(vehicles, cancellation);
            return new(Screened(found.Values), More: false, Complete(await progress));
        }
        catch (HotStoreUnavailableException)
            when (lastRead.Find(vehicles) is { } known)
        {
            return new(Screened(known.Vehicles), More: false, Degraded(known.Progress, known.ReadTime));
        }
    }

    private async Task<RankedPage> ReadListAsync(
        RankWindow window, int offset, int limit, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var reading = hotStore.ProgressAsync(cancellation);
        var top = await hotStore.TopAsync(
            window.Area, window.FirstHour, window.LastHour, offset + limit + 1, cancellation);
        var page = top.Skip(offset).Take(limit).ToList();
        var assessments = await hotStore.AssessmentsAsync([.. page.Select(entry => entry.Vehicle)], cancellation);
        var progress = await reading;
        lastRead.Keep(window.Area, assessments.Values, progress, now);

        var vehicles = new List<RankedVehicle>(page.Count);
        foreach (var entry in page)
        {
            // An assessment may expire or change between the two reads; the vehicle is then left to the next list.
            if (assessments.TryGetValue(entry.Vehicle, out var assessment)
                && VehicleWriting.InWindow(assessment, window) is { } vehicle)
            {
                vehicles.Add(vehicle);
            }
        }

        return new(vehicles, top.Count > offset + limit, Complete(progress));
    }

    private List<RankedVehicle> Screened(IEnumerable<VehicleAssessment> assessments)
    {
        var stillOfInterest = clock.GetUtcNow() - AfterEnd;
        return
        [
            .. assessments.Where(assessment => assessment.Movements.Count > 0)
                .OrderBy(assessment => assessment.Vehicle)
                .Select(assessment => VehicleWriting.Anywhere(assessment, stillOfInterest)),
        ];
    }

    private Completeness Complete(IReadOnlyDictionary<int, ShardProgress> progress) => new()
    {
        NewestPosition = (ulong)Math.Max(0, ledger.FactHead.Total),
        ScoredPosition = (ulong)Math.Max(0, progress.Values.Sum(shard => shard.ScoredIndex + 1) - 1),
        RebuiltPercent = progress.Count < ledger.ShardCount
            ? 0
            : progress.Values.Min(shard => shard.RebuiltPercent),
        ReadTime = clock.GetUtcNow().ToTimestamp(),
    };

    private Completeness Degraded(IReadOnlyDictionary<int, ShardProgress> progress, DateTimeOffset readTime)
    {
        var completeness = Complete(progress);
        completeness.Degraded = true;
        completeness.ReadTime = readTime.ToTimestamp();
        return completeness;
    }
}
