using System.Globalization;
using EcmrGateway.Risk.Settings;

namespace EcmrGateway.Risk.Factors;

/// <summary>Whether the vehicle can carry what the notes put on it.</summary>
/// <remarks>
/// A note states the mass of goods, so a typical empty mass is added. A note without mass is no data and adds nothing.
/// </remarks>
internal static class LoadPlausibilityFactor
{
    public const string Code = FactorCodes.LoadPlausibility;

    private const string LegalBasis = "Directive 96/53/EC Annex I; Regeling voertuigen art. 5.18.17a-5.18.17d";

    public static void Evaluate(in FactorInput input, List<Contribution> contributions)
    {
        var settings = input.Settings.Load;
        var movement = input.Movement;
        var mass = VehicleMass.Of(movement, settings);
        var own = Math.Max(0, movement.Note.GrossMassG ?? 0);
        var alone = Steps.PointsOf(settings.AloneSteps, mass.ExcessPercent(own));
        var (peak, peakAt) = input.Timeline.PeakDuring(input.Index);
        var together = Steps.PointsOf(settings.TogetherSteps, mass.ExcessPercent(peak));
        if (alone > 0 && alone >= together)
        {
            contributions.Add(new(
                Code, alone, Because("The goods of this note", own, mass), LegalBasis, [movement.Position]));
        }
        else if (together > 0)
        {
            var loaded = input.Timeline.LoadedAt(peakAt);
            var goods = string.Create(
                CultureInfo.InvariantCulture, $"The goods of {loaded.Count} notes that are on the vehicle at once");
            contributions.Add(new(
                Code, together, Because(goods, peak, mass), LegalBasis,
                Sources.Of(movement.Position, loaded, input.Settings.SourcesMax)));
        }
    }

    private static string Because(string goods, long grams, VehicleMass mass) => string.Create(
        CultureInfo.InvariantCulture,
        $"{goods}, {grams / 1000} kg, and a typical empty mass of {mass.TareKg} kg are {mass.TotalKg(grams)} kg, "
        + $"above the {(mass.Stated ? "stated maximum" : "highest legal maximum")} of {mass.LimitKg} kg.");
}
