using System.Collections.Concurrent;
using EcmrGateway.HotStore;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Scoring.Consume;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Fills a working set: from the hot store in one round trip, and from the facts what is not there.</summary>
internal sealed class ProfileLoader(
    PatientStore store, ProfileHistory history, RiskModel model, IOptions<ScoringOptions> options)
{
    /// <summary>Subjects in one read, of which each may bring as many facts as its profile holds.</summary>
    private const int SubjectsMax = 128;

    private readonly int _reads = options.Value.HistoryReads;

    /// <exception cref="ContentLostException">The store's content is not the generation that is expected.</exception>
    public async Task LoadVehiclesAsync(
        WorkingSet set, string generation, IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation)
    {
        if (vehicles.Count == 0)
        {
            return;
        }

        var hot = await store.LoadVehiclesAsync(vehicles, cancellation);
        Expect(generation, hot.Generation);
        List<(SubjectId, HotVersion)> missing = [];
        foreach (var (id, held) in hot.Vehicles)
        {
            if (held.Profile is { } vehicle)
            {
                set.Vehicles.AddHot(id, vehicle.Profile, held.Version);
                set.Ranked[id] = vehicle.Ranked;
            }
            else
            {
                missing.Add((id, held.Version));
            }
        }

        await FillAsync(set.Vehicles, missing, history.VehiclesAsync, cancellation);
    }

    /// <summary>Puts vehicles on the road, then loads those profiles that are not in the set.</summary>
    /// <exception cref="ContentLostException">The store's content is not the generation that is expected.</exception>
    public async Task LoadSubjectsAsync(
        WorkingSet set, string generation, IReadOnlyCollection<OnRoad> onRoad, IEnumerable<SubjectId> carriers,
        IEnumerable<SubjectId> consignors, CancellationToken cancellation)
    {
        var absentCarriers = set.Carriers.Absent(carriers);
        var absentConsignors = set.Consignors.Absent(consignors);
        if (absentCarriers.Count + absentConsignors.Count + onRoad.Count == 0)
        {
            return;
        }

        var hot = await store.LoadSubjectsAsync(onRoad, absentCarriers, absentConsignors, cancellation);
        Expect(generation, hot.Generation);
        await FillAsync(set.Carriers, AddHot(set.Carriers, hot.Carriers), history.CarriersAsync, cancellation);
        var missing = AddHot(set.Consignors, hot.Consignors);
        var isFirst = await RestOnNoneAsync(set, missing, cancellation);
        await FillAsync(
            set.Consignors, missing,
            async (ids, stop) =>
            [
                .. (await history.ConsignorsAsync(ids, stop)).Select(
                    profile => new HotConsignor(profile, isFirst ? model.ConsignorPoints(profile) : null)),
            ],
            cancellation);
    }

    /// <summary>Whether no vehicle but those of the set rests on any of these consignors.</summary>
    private async Task<bool> RestOnNoneAsync(
        WorkingSet set, List<(SubjectId Id, HotVersion Version)> consignors, CancellationToken cancellation) =>
        consignors.Count > 0
        && (await store.OnRoadAsync([], [.. consignors.Select(one => one.Id)], cancellation))
            .All(vehicle => set.Vehicles.Find(vehicle) is not null);

    /// <returns>Those that were not there.</returns>
    private static List<(SubjectId Id, HotVersion Version)> AddHot<TProfile>(
        ProfileSet<TProfile> set, IReadOnlyDictionary<SubjectId, Held<TProfile>> hot)
        where TProfile : class
    {
        List<(SubjectId, HotVersion)> missing = [];
        foreach (var (id, held) in hot)
        {
            if (held.Profile is { } profile)
            {
                set.AddHot(id, profile, held.Version);
            }
            else
            {
                missing.Add((id, held.Version));
            }
        }

        return missing;
    }

    private async Task FillAsync<TProfile>(
        ProfileSet<TProfile> set, List<(SubjectId Id, HotVersion Version)> missing,
        Func<IReadOnlyList<SubjectId>, CancellationToken, Task<IReadOnlyList<TProfile>>> read,
        CancellationToken cancellation)
        where TProfile : class
    {
        if (missing.Count == 0)
        {
            return;
        }

        // To make profiles is work on the caller's thread: a rebuild is as fast as the cores that share it.
        var made = new ConcurrentBag<(SubjectId Id, TProfile Profile, HotVersion Version)>();
        await Parallel.ForEachAsync(
            missing.Chunk(Math.Clamp((missing.Count + _reads - 1) / _reads, 1, SubjectsMax)),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = _reads,
                CancellationToken = cancellation,
                TaskScheduler = TaskScheduler.Current,
            },
            async (some, stop) =>
            {
                var profiles = await read([.. some.Select(one => one.Id)], stop);
                foreach (var (one, profile) in some.Zip(profiles))
                {
                    made.Add((one.Id, profile, one.Version));
                }
            });
        foreach (var (id, profile, version) in made)
        {
            set.AddMissed(id, profile, version);
        }
    }

    private static void Expect(string generation, string? found)
    {
        if (found != generation)
        {
            throw new ContentLostException();
        }
    }
}
