using System.Globalization;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Risk.Factors;

/// <summary>What checks of the carrier and of the vehicle found, drawn towards the sector's average.</summary>
/// <remarks>
/// Clean checks count and lower it. Who was never checked stands at the sector's average and gets no points, which is
/// not to say low risk: it is not known. One check can enter from both sides, as the carrier's and as the vehicle's.
/// </remarks>
internal static class InspectionRecordFactor
{
    public const string Code = FactorCodes.InspectionRecord;

    private const string LegalBasis = "Directive 2006/22/EC art. 9; Directive 2014/47/EU art. 6";

    public static void Evaluate(in FactorInput input, List<Contribution> contributions)
    {
        var settings = input.Settings.Record;
        if (input.Carrier is { } carrier)
        {
            Add(input, carrier.Checks, "the carrier", settings.CarrierPriorChecks, settings.CarrierPointsMax,
                contributions);
        }

        Add(input, input.VehicleChecks, "this vehicle", settings.VehiclePriorChecks, settings.VehiclePointsMax,
            contributions);
    }

    private static void Add(
        in FactorInput input, IReadOnlyList<CheckFact> checks, string whose, int priorChecks, int pointsMax,
        List<Contribution> contributions)
    {
        if (checks.Count == 0)
        {
            return;
        }

        var settings = input.Settings.Record;
        var average = CheckAverage.Of(checks, input.Movement.AsOfMs, priorChecks, settings);
        var points = average.PointsOf(pointsMax, settings);
        if (points > 0)
        {
            var because = string.Create(
                CultureInfo.InvariantCulture,
                $"{average.Infringing} of {Sources.Count(average.Counted, "check", "checks")} of {whose} found "
                + $"infringements; weighed by age, {Tenths(average.Milli)} points a check, against "
                + $"{Tenths(settings.SectorPointsMilli)} assumed of the sector.");
            contributions.Add(new(
                Code, points, because, LegalBasis, SourcesOf(checks, input)));
        }
    }

    /// <summary>The newest checks that found something and still count, in rising order.</summary>
    private static long[] SourcesOf(IReadOnlyList<CheckFact> checks, in FactorInput input)
    {
        var sources = new List<long>();
        for (var i = checks.Count - 1; i >= 0 && sources.Count < input.Settings.SourcesMax; i--)
        {
            var weight = CheckAverage.WeightMilli(checks[i], input.Movement.AsOfMs, input.Settings.Record);
            if (weight > 0 && checks[i].Infringements.Count > 0)
            {
                sources.Add(checks[i].Position);
            }
        }

        sources.Sort();
        return [.. sources];
    }

    private static string Tenths(long milli) =>
        string.Create(CultureInfo.InvariantCulture, $"{milli / 1000}.{milli % 1000 / 100}");
}
