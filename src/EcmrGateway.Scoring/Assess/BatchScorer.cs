using EcmrGateway.HotStore;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Scoring.Consume;
using EcmrGateway.Scoring.Read;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Facts to profiles, scores and rankings; the tail and the rebuild both go through here.</summary>
/// <remarks>
/// <para>
/// 1. Load the profiles of the subjects that the facts name; what is not hot is made from the ledger's facts.
/// </para>
/// <para>2. Fold the facts. A fact that is in a profile already changes nothing.</para>
/// <para>3. Add the vehicles on the road whose carrier or consignor changed in what enters a score.</para>
/// <para>4. Load what else these vehicles' scores rest on.</para>
/// <para>5. Assess, and save rankings, assessments and profiles.</para>
/// <para>
/// A profile made from the ledger may hold facts that have not streamed by yet. That is sound: every assessment of a
/// generation is made with profiles as the store holds them, and who rests on one is assessed again when it changes.
/// </para>
/// </remarks>
internal sealed class BatchScorer(
    PatientStore store, ProfileLoader loader, VehiclesOnRoad onRoad, RiskModel model, ScoringTelemetry telemetry)
{
    /// <summary>Scores new facts.</summary>
    /// <param name="scored">Which facts have been scored before.</param>
    /// <param name="whole">
    /// Whether the store is filled. Then a consignor that is not hot may have expired, and its vehicles are assessed
    /// again; during a rebuild one that is not hot has no assessed vehicle.
    /// </param>
    /// <exception cref="ContentLostException">
    /// The store lost its content; nothing of the batch counts as scored.
    /// </exception>
    public async Task ScoreAsync(
        IReadOnlyCollection<ScoringFact> facts, string generation, ScoredFacts scored, bool whole,
        CancellationToken cancellation)
    {
        var (touched, set) = (TouchedSubjects.Of(facts), new WorkingSet());
        await loader.LoadAsync(
            set, generation, touched.Carriers, touched.Consignors, touched.Vehicles, cancellation);

        var pointsBefore = touched.Consignors.ToDictionary(id => id, id => model.ConsignorPoints(set.Consignors[id]));
        Fold(facts, set);

        HashSet<SubjectId> vehicles = [.. touched.Vehicles];
        foreach (var carrier in touched.Carriers)
        {
            await onRoad.AddToAsync(vehicles, SubjectKind.Carrier, carrier, cancellation);
        }

        foreach (var (consignor, before) in pointsBefore)
        {
            var profile = set.Consignors[consignor];
            var mayHaveExpired = whole && set.Consignors.Missed.Contains(consignor)
                && profile.Notes.Any(note => scored.Covers(note.Position));
            if (mayHaveExpired || model.ConsignorPoints(profile) != before)
            {
                await onRoad.AddToAsync(vehicles, SubjectKind.Consignor, consignor, cancellation);
            }
        }

        await loader.LoadAsync(set, generation, [], [], vehicles, cancellation);
        await AssessAsync(set, generation, vehicles, cancellation);
    }

    /// <summary>Assesses those vehicles that have no assessment in this generation.</summary>
    /// <exception cref="ContentLostException">The store lost its content.</exception>
    public async Task FillAsync(
        IReadOnlyCollection<SubjectId> vehicles, string generation, CancellationToken cancellation)
    {
        var set = new WorkingSet();
        await loader.LoadAsync(set, generation, [], [], vehicles, cancellation);
        await AssessAsync(
            set, generation, [.. vehicles.Where(id => !set.Assessments.ContainsKey(id))], cancellation);
    }

    private void Fold(IReadOnlyCollection<ScoringFact> facts, WorkingSet set)
    {
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case ScoringFact.OfNote(var note, var movements):
                    foreach (var movement in movements)
                    {
                        set.Vehicles.Fold(
                            movement.Vehicle, profile => profile.Fold(new VehicleMovement(movement, note)));
                    }

                    if (note.Consignor is { } consignor)
                    {
                        set.Consignors.Fold(consignor, profile => profile.Fold(model.Summarise(note, movements)));
                    }

                    break;
                case ScoringFact.OfCheck(var check):
                    if (check.Carrier is { } carrier)
                    {
                        set.Carriers.Fold(carrier, profile => profile.Fold(check));
                    }

                    if (check.Vehicle is { } vehicle)
                    {
                        set.Vehicles.Fold(vehicle, profile => profile.Fold(check));
                    }

                    break;
            }
        }
    }

    private async Task AssessAsync(
        WorkingSet set, string generation, HashSet<SubjectId> vehicles, CancellationToken cancellation)
    {
        HashSet<SubjectId> carriers = [];
        HashSet<SubjectId> consignors = [];
        foreach (var vehicle in vehicles)
        {
            set.Vehicles[vehicle].AddSubjects(carriers, consignors);
        }

        await loader.LoadAsync(set, generation, carriers, consignors, [], cancellation);
        List<AssessmentChange> changes = new(vehicles.Count);
        foreach (var vehicle in vehicles)
        {
            var after = model.Assess(vehicle, set.Vehicles[vehicle], set.Carriers.Find, set.Consignors.Find);
            changes.Add(new(set.Assessments.GetValueOrDefault(vehicle), after));
        }

        telemetry.Assessed(changes.Count);
        onRoad.Learn(set, changes);
        var all = set.Changes(changes);
        if (changes.Count + all.Carriers.Count + all.Consignors.Count + all.Vehicles.Count > 0)
        {
            await store.SaveAsync(all, cancellation);
        }
    }
}
