using EcmrGateway.HotStore;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Scoring.Read;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Facts into profiles. A fact that is in a profile already changes nothing.</summary>
internal static class RoundFolds
{
    public static IEnumerable<VehicleMovement> MovementsOf(IEnumerable<ScoringFact> facts) =>
        facts.OfType<ScoringFact.OfNote>()
            .SelectMany(fact => fact.Movements.Select(movement => new VehicleMovement(movement, fact.Note)));

    public static void FoldVehicles(IReadOnlyCollection<ScoringFact> facts, WorkingSet set)
    {
        foreach (var movement in MovementsOf(facts))
        {
            set.Vehicles.Fold(movement.Movement.Vehicle, profile => profile.Fold(movement));
        }

        foreach (var fact in facts.OfType<ScoringFact.OfCheck>())
        {
            if (fact.Check.Vehicle is { } vehicle)
            {
                set.Vehicles.Fold(vehicle, profile => profile.Fold(fact.Check));
            }
        }
    }

    /// <summary>Folds facts into the records of carriers and consignors.</summary>
    public static void FoldSubjects(IEnumerable<ScoringFact> facts, WorkingSet set, RiskModel model)
    {
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case ScoringFact.OfNote(var note, var movements) when note.Consignor is { } consignor:
                    set.Consignors.Fold(consignor, held => Fold(held, model.Summarise(note, movements), model));
                    break;
                case ScoringFact.OfCheck({ Carrier: { } carrier } check):
                    set.Carriers.Fold(carrier, profile => profile.Fold(check));
                    break;
            }
        }
    }

    /// <remarks>
    /// Once the points are others, it is not known any more with which the vehicles are assessed, also when the points
    /// come back before all of them are assessed again.
    /// </remarks>
    private static HotConsignor Fold(HotConsignor held, NoteSummary note, RiskModel model)
    {
        var profile = held.Profile.Fold(note);
        return ReferenceEquals(profile, held.Profile)
            ? held
            : new(profile, model.ConsignorPoints(profile) == held.AssessedPoints ? held.AssessedPoints : null);
    }
}
