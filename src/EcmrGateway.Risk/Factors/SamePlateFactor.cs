using System.Globalization;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Risk.Factors;

/// <summary>Whether notes that contradict each other name the same vehicle at the same time.</summary>
/// <remarks>
/// Several notes of one carrier on one vehicle are groupage, the usual case, and no finding. Two carriers are one, as
/// is one carrier with two loads that leave no room for each other: a note used twice, or a plan that cannot be.
/// </remarks>
internal static class SamePlateFactor
{
    public const string Code = FactorCodes.SamePlate;

    private const string LegalBasis = "CMR art. 6; e-CMR Protocol";

    private enum Clash
    {
        None,
        FullLoads,
        ContractingCarriers,
        DrivingCarriers,
    }

    public static void Evaluate(in FactorInput input, List<Contribution> contributions)
    {
        var worst = Clash.None;
        List<long>? others = null;
        var isFullLoad = IsFullLoad(input.Movement, input);
        for (var i = 0; i < input.Timeline.Movements.Length; i++)
        {
            var clash = ClashWith(input, i, isFullLoad);
            if (clash > worst)
            {
                worst = clash;
                others = [];
            }

            if (clash == worst && others is not null && !others.Contains(input.Timeline.Movements[i].Position))
            {
                others.Add(input.Timeline.Movements[i].Position);
            }
        }

        if (others is not null)
        {
            var because = Because(worst, Sources.Count(others.Count, "other note names", "other notes name"));
            var sources = Sources.Of(input.Movement.Position, others, input.Settings.SourcesMax);
            contributions.Add(new(Code, PointsOf(worst, input), because, LegalBasis, sources));
        }
    }

    private static Clash ClashWith(in FactorInput input, int other, bool isFullLoad)
    {
        var settings = input.Settings.Plate;
        if (input.Timeline.OverlapMs(input.Index, other) < settings.OverlapMinutesMin * 60_000L)
        {
            return Clash.None;
        }

        var (left, right) = (input.Movement, input.Timeline.Movements[other]);
        if (left.Position == right.Position)
        {
            return Clash.None;
        }

        if (left.StatedCarrier is { } drives && right.StatedCarrier is { } drivesToo && drives != drivesToo)
        {
            return Clash.DrivingCarriers;
        }

        if (left.Carrier is { } carrier && right.Carrier is { } otherCarrier && carrier != otherCarrier)
        {
            return Clash.ContractingCarriers;
        }

        return isFullLoad && IsFullLoad(right, input) ? Clash.FullLoads : Clash.None;
    }

    private static bool IsFullLoad(MovementFacts movement, in FactorInput input) =>
        movement.Note.GrossMassG is { } grams
        && VehicleMass.Of(movement, input.Settings.Load).TakesMoreThan(input.Settings.Plate.FullLoadPercent, grams);

    private static int PointsOf(Clash clash, in FactorInput input) => clash switch
    {
        Clash.DrivingCarriers => input.Settings.Plate.DrivingCarriersPoints,
        Clash.ContractingCarriers => input.Settings.Plate.ContractingCarriersPoints,
        _ => input.Settings.Plate.FullLoadsPoints,
    };

    private static string Because(Clash clash, string notes) => clash switch
    {
        Clash.DrivingCarriers => string.Create(
            CultureInfo.InvariantCulture, $"{notes} this vehicle at the same time with another carrier driving."),
        Clash.ContractingCarriers => string.Create(
            CultureInfo.InvariantCulture, $"{notes} this vehicle at the same time for another carrier."),
        _ => string.Create(
            CultureInfo.InvariantCulture, $"{notes} this vehicle at the same time with a load that leaves no room."),
    };
}
