using EcmrGateway.Risk.Factors;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Risk.Settings;
using EcmrGateway.Risk.Statutory;

namespace EcmrGateway.Risk;

/// <summary>Scores a vehicle's movements: a pure function of profiles, settings and the movements' own times.</summary>
/// <remarks>Safe for use by many threads at once.</remarks>
public sealed class RiskModel
{
    /// <summary>Names the rules; their numbers are named by <see cref="SettingsHash"/>.</summary>
    public const string Version = "2026.1";

    private readonly MovementSettings _movementSettings;
    private readonly AreaSet _areas;

    /// <exception cref="ArgumentException">Settings or areas are wrong; the message says all that is.</exception>
    public RiskModel(RiskSettings settings, MovementSettings movementSettings, IReadOnlyList<Area> areas)
    {
        IReadOnlyList<string> wrong =
            [.. settings.Validate(), .. movementSettings.Validate(), .. AreaSet.Validate(areas)];
        if (wrong.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', wrong));
        }

        Settings = settings;
        SettingsHash = settings.Hash();
        _movementSettings = movementSettings;
        _areas = AreaSet.Of(areas);
        PlacesHash = _areas.Hash(movementSettings);
    }

    public RiskSettings Settings { get; }

    /// <summary>Of <see cref="Settings"/>; with another one every score has to be computed anew.</summary>
    public string SettingsHash { get; }

    /// <summary>Of areas and movement settings; with another one every passage has to be computed anew.</summary>
    public string PlacesHash { get; }

    /// <summary>By id in ordinal order.</summary>
    public IReadOnlyList<Area> Areas => _areas.Areas;

    /// <summary>What the consignor's history adds to each of its movements.</summary>
    /// <remarks>While this number stays the same, the scores of the consignor's other movements do.</remarks>
    public int ConsignorPoints(ConsignorProfile profile) =>
        DocumentIntegrityFactor.ConsignorPoints(profile, Settings.Document);

    /// <summary>What a consignor's profile keeps of a note; of all its movements, whatever their vehicle.</summary>
    public NoteSummary Summarise(NoteFact note, IEnumerable<Movement> movements) =>
        NoteSummary.Of(note, movements.Select(movement => movement.StartMs), Settings.Document.LateAfterMs());

    /// <summary>Scores every movement of the profile.</summary>
    /// <param name="carriers">Profiles by subject; one that is missing has no checks.</param>
    /// <param name="consignors">Profiles by subject; one that is missing has no notes.</param>
    public VehicleAssessment Assess(
        SubjectId vehicle, VehicleProfile profile, IReadOnlyDictionary<SubjectId, CarrierProfile> carriers,
        IReadOnlyDictionary<SubjectId, ConsignorProfile> consignors) =>
        Assess(vehicle, profile, id => carriers.GetValueOrDefault(id), id => consignors.GetValueOrDefault(id));

    /// <summary>Scores every movement of the profile.</summary>
    /// <param name="carriers">Null for one that has no checks.</param>
    /// <param name="consignors">Null for one that has no notes.</param>
    public VehicleAssessment Assess(
        SubjectId vehicle, VehicleProfile profile, Func<SubjectId, CarrierProfile?> carriers,
        Func<SubjectId, ConsignorProfile?> consignors)
    {
        var facts = new MovementFacts[profile.Movements.Count];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = WithoutPlaces(profile.Movements[i]);
        }

        var timeline = new VehicleTimeline(facts, Settings.Load.OnBoardHoursMax);
        var scores = new MovementScore[facts.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            var carrier = facts[i].Carrier is { } driving ? carriers(driving) ?? CarrierProfile.Empty : null;
            var consignor = facts[i].Note.Consignor is { } sending ? consignors(sending) : null;
            var input = new FactorInput(timeline, i, carrier, consignor, profile.Checks, Settings);
            scores[i] = Score(input, Passages.Of(
                profile.Movements[i].Movement, facts[i].Note.ReceivedMs, _areas, _movementSettings));
        }

        Array.Sort(scores, static (left, right) => left.Position != right.Position
            ? left.Position.CompareTo(right.Position)
            : left.Leg.CompareTo(right.Leg));
        long? lastChecked = profile.Checks.Count == 0 ? null : profile.Checks[^1].InspectedMs;
        return new(vehicle, scores, lastChecked, Version, SettingsHash);
    }

    private static MovementFacts WithoutPlaces(VehicleMovement vehicleMovement)
    {
        var movement = vehicleMovement.Movement;
        return new()
        {
            Leg = movement.Leg,
            Note = vehicleMovement.Note,
            StatedCarrier = movement.Carrier,
            StartMs = movement.StartMs,
            EndMs = movement.EndMs,
            MaxMassKg = movement.MaxMassKg,
            Axles = movement.Axles,
            Trailers = movement.Trailers,
        };
    }

    private static MovementScore Score(in FactorInput input, Passages passages)
    {
        var movement = input.Movement;
        var contributions = new List<Contribution>();
        DocumentIntegrityFactor.Evaluate(input, contributions);
        LoadPlausibilityFactor.Evaluate(input, contributions);
        SamePlateFactor.Evaluate(input, contributions);
        DangerousGoodsFactor.Evaluate(input, contributions);
        InspectionRecordFactor.Evaluate(input, contributions);
        contributions.Sort(MostPointsFirst);

        var points = 0;
        foreach (var contribution in contributions)
        {
            points += contribution.Points;
        }

        return new()
        {
            Position = movement.Position,
            Leg = movement.Leg,
            Points = points,
            Consequence = Consequence.Of(input),
            AsOfMs = movement.AsOfMs,
            ReceivedMs = movement.Note.ReceivedMs,
            StartMs = passages.StartMs,
            EndMs = passages.EndMs,
            Uncertain = passages.Uncertain,
            Contributions = contributions.Count == 0 ? [] : contributions.ToArray(),
            Passages = passages.List,
            Carrier = movement.Carrier,
            FormulaRatingCenti = input.Carrier is null
                ? null
                : FormulaRating.Of(input.Carrier.Checks, movement.AsOfMs).Centi,
        };
    }

    private static int MostPointsFirst(Contribution left, Contribution right)
    {
        var byPoints = right.Points.CompareTo(left.Points);
        if (byPoints != 0)
        {
            return byPoints;
        }

        var byCode = string.CompareOrdinal(left.Code, right.Code);
        return byCode != 0 ? byCode : string.CompareOrdinal(left.Because, right.Because);
    }
}
