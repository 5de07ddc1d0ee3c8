using System.Collections.Concurrent;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Scoring.Consume;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Fills a working set: from the hot store in one round trip, and from the facts what is not there.</summary>
internal sealed class ProfileLoader(PatientStore store, ProfileHistory history, IOptions<ScoringOptions> options)
{
    private readonly int _reads = options.Value.HistoryReads;

    /// <exception cref="ContentLostException">The store's content is not the generation that is expected.</exception>
    public async Task LoadAsync(
        WorkingSet set, string generation, IEnumerable<SubjectId> carriers, IEnumerable<SubjectId> consignors,
        IEnumerable<SubjectId> vehicles, CancellationToken cancellation)
    {
        var absentCarriers = set.Carriers.Absent(carriers);
        var absentConsignors = set.Consignors.Absent(consignors);
        var absentVehicles = set.Vehicles.Absent(vehicles);
        if (absentCarriers.Count + absentConsignors.Count + absentVehicles.Count == 0)
        {
            return;
        }

        var hot = await store.LoadAsync(absentCarriers, absentConsignors, absentVehicles, cancellation);
        if (hot.Generation != generation)
        {
            throw new ContentLostException();
        }

        set.Carriers.AddHot(hot.Carriers);
        set.Consignors.AddHot(hot.Consignors);
        set.Vehicles.AddHot(hot.Vehicles);
        foreach (var (id, assessment) in hot.Assessments)
        {
            set.Assessments[id] = assessment;
        }

        await FillAsync(set.Carriers, absentCarriers, history.CarrierAsync, cancellation);
        await FillAsync(set.Consignors, absentConsignors, history.ConsignorAsync, cancellation);
        await FillAsync(set.Vehicles, absentVehicles, history.VehicleAsync, cancellation);
    }

    private async Task FillAsync<TProfile>(
        ProfileSet<TProfile> set, List<SubjectId> wanted,
        Func<SubjectId, CancellationToken, Task<TProfile>> read, CancellationToken cancellation)
        where TProfile : class
    {
        var missing = set.Absent(wanted);
        if (missing.Count == 0)
        {
            return;
        }

        // Reading the ledger is work on the caller's thread: a rebuild is as fast as the cores that share it.
        var made = new ConcurrentBag<(SubjectId Id, TProfile Profile)>();
        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = _reads, CancellationToken = cancellation },
            async (id, stop) => made.Add((id, await read(id, stop))));
        foreach (var (id, profile) in made)
        {
            set.AddMissed(id, profile);
        }
    }
}
