using EcmrGateway.HotStore;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Scoring.Consume;
using EcmrGateway.Scoring.Read;

namespace EcmrGateway.Scoring.Assess;

/// <summary>What became of a round.</summary>
/// <param name="Unscored">Facts that touch what another process changed; they are to be scored again.</param>
/// <param name="RestOnStale">
/// Vehicles assessed with a profile that was not saved; they are to be assessed again.
/// </param>
/// <param name="Assessed">Vehicles whose assessment is saved.</param>
/// <param name="MovedCarriers">Saved, with another record than the vehicles on the road may be assessed with.</param>
/// <param name="MovedConsignors">As above.</param>
/// <param name="Conflicts">How many profiles were not saved.</param>
internal sealed record RoundOutcome(
    IReadOnlyCollection<ScoringFact> Unscored, IReadOnlySet<SubjectId> RestOnStale, IReadOnlySet<SubjectId> Assessed,
    IReadOnlyCollection<SubjectId> MovedCarriers, IReadOnlyCollection<SubjectId> MovedConsignors, int Conflicts);

/// <summary>Makes rounds.</summary>
internal sealed class RoundFactory(
    PatientStore store, ProfileLoader loader, OnRoadTimes onRoad, RiskModel model, ScoringTelemetry telemetry)
{
    private readonly HotVersions _versions = new();

    public ScoringRound Begin(string generation) =>
        new(store, loader, onRoad, model, telemetry, _versions, generation);
}

/// <summary>One pass over some facts or vehicles, of which each may be the work of another process too.</summary>
/// <remarks>
/// <para>1. Load the vehicles that the facts name, and fold the facts into their profiles.</para>
/// <para>
/// 2. Put the vehicles on the road of the carriers and consignors that their scores rest on, then load those. In this
/// order: who changes one of these looks at the road after it was saved, so that either the change is seen here, or the
/// vehicle is seen there.
/// </para>
/// <para>3. Fold the facts into these, assess the vehicles, and save all over the versions that were loaded.</para>
/// </remarks>
internal sealed class ScoringRound(
    PatientStore store, ProfileLoader loader, OnRoadTimes onRoad, RiskModel model, ScoringTelemetry telemetry,
    HotVersions versions, string generation)
{
    private readonly WorkingSet _set = new();

    /// <exception cref="ContentLostException">The store lost its content.</exception>
    public async Task<RoundOutcome> ScoreAsync(
        IReadOnlyCollection<ScoringFact> facts, CancellationToken cancellation)
    {
        var touched = TouchedSubjects.Of(facts);
        await loader.LoadVehiclesAsync(_set, generation, touched.Vehicles, cancellation);
        RoundFolds.FoldVehicles(facts, _set);
        await LoadSubjectsAsync(facts, touched, cancellation);
        RoundFolds.FoldSubjects(facts, _set, model);

        var result = await SaveAsync(touched.Vehicles, cancellation);
        var conflicts = result.Carriers.Count + result.Consignors.Count + result.Vehicles.Count;
        return new(
            conflicts == 0
                ? []
                : [.. facts.Where(fact => TouchedSubjects.Of([fact]).Overlaps(
                    result.Carriers, result.Consignors, result.Vehicles))],
            RestingOn(touched.Vehicles, result),
            touched.Vehicles.Where(vehicle => !result.Vehicles.Contains(vehicle)).ToHashSet(),
            [.. touched.Carriers.Where(id => !result.Carriers.Contains(id))],
            [.. touched.Consignors.Where(id => !result.Consignors.Contains(id) && IsMoved(id))],
            conflicts);
    }

    /// <summary>Assesses vehicles without any new fact.</summary>
    /// <param name="missingOnly">Only those that have no assessment.</param>
    /// <returns>Those that another process changed meanwhile, or that rest on what it changed.</returns>
    /// <exception cref="ContentLostException">The store lost its content.</exception>
    public async Task<IReadOnlyCollection<SubjectId>> AssessAsync(
        IReadOnlyCollection<SubjectId> vehicles, bool missingOnly, CancellationToken cancellation)
    {
        await loader.LoadVehiclesAsync(_set, generation, vehicles, cancellation);
        HashSet<SubjectId> assessed =
            [.. vehicles.Where(vehicle => !missingOnly || _set.Vehicles.Missed.Contains(vehicle))];
        await LoadSubjectsAsync([], new([], [], assessed), cancellation);
        var result = await SaveAsync(assessed, cancellation);
        return [.. result.Vehicles.Union(RestingOn(assessed, result))];
    }

    /// <summary>
    /// Notes that all vehicles on the road are assessed with the points that these consignors have now.
    /// </summary>
    /// <remarks>One that was changed meanwhile stays as it is: who changed it sees to its vehicles.</remarks>
    public async Task SettleAsync(IEnumerable<SubjectId> consignors, CancellationToken cancellation)
    {
        var settled = consignors.ToDictionary(
            id => id,
            id => new Changed<HotConsignor>(
                _set.Consignors[id] with { AssessedPoints = PointsOf(id) }, _set.Consignors.VersionOf(id),
                versions.Next()));
        if (settled.Count > 0)
        {
            await StoreAsync(new(new Dictionary<SubjectId, Changed<CarrierProfile>>(), settled, []), cancellation);
        }
    }

    private Task LoadSubjectsAsync(
        IReadOnlyCollection<ScoringFact> facts, TouchedSubjects touched, CancellationToken cancellation)
    {
        HashSet<OnRoad> joining = [];
        foreach (var movement in RoundFolds.MovementsOf(facts))
        {
            onRoad.AddTo(joining, movement);
        }

        // What was hot was put on the road when its movements came in.
        foreach (var movement in touched.Vehicles.Where(_set.Vehicles.Missed.Contains)
            .SelectMany(vehicle => _set.Vehicles[vehicle].Movements))
        {
            onRoad.AddTo(joining, movement);
        }

        HashSet<SubjectId> carriers = [.. touched.Carriers];
        HashSet<SubjectId> consignors = [.. touched.Consignors];
        foreach (var vehicle in touched.Vehicles)
        {
            _set.Vehicles[vehicle].AddSubjects(carriers, consignors);
        }

        return loader.LoadSubjectsAsync(_set, generation, joining, carriers, consignors, cancellation);
    }

    /// <summary>
    /// Assesses and saves. An assessment is written even when it is what it was: so another process that has loaded the
    /// vehicle before learns that the record it rests on may have changed.
    /// </summary>
    private async Task<SaveResult> SaveAsync(HashSet<SubjectId> vehicles, CancellationToken cancellation)
    {
        var assessed = new List<ChangedVehicle>(vehicles.Count);
        foreach (var vehicle in vehicles)
        {
            var profile = _set.Vehicles[vehicle];
            var after = model.Assess(vehicle, profile, _set.Carrier, _set.Consignor);
            assessed.Add(new(
                profile, _set.Ranked.GetValueOrDefault(vehicle, []), after, _set.Vehicles.VersionOf(vehicle),
                versions.Next()));
        }

        telemetry.Assessed(assessed.Count);
        return await StoreAsync(
            new(_set.Carriers.TakeChanged(versions), _set.Consignors.TakeChanged(versions), assessed), cancellation);
    }

    private async Task<SaveResult> StoreAsync(HotChanges changes, CancellationToken cancellation)
    {
        var result = changes.Count == 0
            ? SaveResult.Saved
            : await store.SaveAsync(generation, changes, cancellation);
        return result.ContentLost ? throw new ContentLostException() : result;
    }

    /// <summary>Vehicles assessed with a profile that was not saved.</summary>
    private HashSet<SubjectId> RestingOn(IEnumerable<SubjectId> vehicles, SaveResult result) =>
        result.Carriers.Count + result.Consignors.Count == 0
            ? []
            : [.. vehicles.Where(vehicle => _set.Vehicles[vehicle].Movements.Any(movement =>
                (movement.Carrier is { } carrier && result.Carriers.Contains(carrier))
                || (movement.Note.Consignor is { } consignor && result.Consignors.Contains(consignor))))];

    private bool IsMoved(SubjectId consignor) => _set.Consignors[consignor].AssessedPoints != PointsOf(consignor);

    private int PointsOf(SubjectId consignor) => model.ConsignorPoints(_set.Consignors[consignor].Profile);
}
