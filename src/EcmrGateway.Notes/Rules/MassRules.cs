using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>Masses: plausibility against what a combination can weigh, never a legal proof.</summary>
/// <remarks>
/// A note states the mass of goods and not of vehicles. All goods of the note are taken to be on every vehicle of it; a
/// note with several vehicles may share them out, so they count together. Limits: Directive 96/53/EC (40 t), the Dutch
/// 50 t, and 60 t for longer and heavier vehicles; such a combination is taken to weigh 14 t empty.
/// </remarks>
internal static class MassRules
{
    private const decimal CapKg = 60_000;

    private const decimal EmptyCombinationKg = 14_000;

    private const decimal UsualMaxMassKg = 40_000;

    private const decimal DutchMaxMassKg = 50_000;

    private const decimal TotalTolerance = 0.01m;

    public static void MassIsWithinCap(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (SumOfItems(note, out _) > CapKg * VehicleCount(note))
        {
            findings.Add(new(RuleCodes.MassCap, Severity.Error, "items",
                "The goods weigh more than 60 t a vehicle, the most that any combination may weigh with its load."));
        }
    }

    public static void MassIsPlausible(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        var sum = SumOfItems(note, out _);
        var vehicles = VehicleCount(note);
        var maxMass = StatedMaxMassKg(note);
        var payload = maxMass switch
        {
            null => PayloadKg(UsualMaxMassKg),
            >= UsualMaxMassKg => PayloadKg(maxMass.Value),
            _ => maxMass.Value, // What a small vehicle weighs empty is not known: only the load itself counts.
        };
        if (sum <= payload * vehicles || sum > CapKg * vehicles)
        {
            return;
        }

        findings.Add(new(RuleCodes.MassPlausibility, Severity.Warning, "items",
            maxMass is not null ? "The goods weigh more than the stated maximum mass of the combination allows."
            : sum > PayloadKg(DutchMaxMassKg) * vehicles
                ? "The goods weigh more than 36 t a vehicle, more than a combination of 50 t can carry."
                : "The goods weigh more than 26 t a vehicle, more than one of 40 t can carry: state max_mass_kg."));
    }

    public static void MassesAgree(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        for (var index = 0; index < note.Items.Length; index++)
        {
            var item = note.Items[index];
            if (item.NetMass?.Kilograms > item.GrossMass?.Kilograms)
            {
                findings.Add(NetAboveGross($"items[{index}].net_mass"));
            }

            for (var line = 0; line < item.DangerousGoods.Length; line++)
            {
                var goods = item.DangerousGoods[line];
                if (goods.NetMass?.Kilograms > goods.GrossMass?.Kilograms)
                {
                    findings.Add(NetAboveGross($"items[{index}].dangerous_goods[{line}].net_mass"));
                }
            }
        }

        var sum = SumOfItems(note, out var complete);
        if (complete
            && note.TotalGrossMass?.Kilograms is { } total
            && Math.Abs(total - sum) > TotalTolerance * sum)
        {
            findings.Add(new(RuleCodes.MassConsistency, Severity.Error, "total_gross_mass",
                "The gross mass of the consignment is not the sum of its lines, within one per cent."));
        }
    }

    private static decimal PayloadKg(decimal maxMassKg) => maxMassKg - EmptyCombinationKg;

    private static decimal SumOfItems(ConsignmentNote note, out bool complete)
    {
        complete = true;
        decimal sum = 0;
        foreach (var item in note.Items)
        {
            complete &= item.GrossMass is not null;
            sum += item.GrossMass?.Kilograms ?? 0;
        }

        return sum;
    }

    /// <summary>Different vehicles on the note, at least one: a note before its plate is for one vehicle.</summary>
    private static int VehicleCount(ConsignmentNote note)
    {
        var count = 0;
        for (var index = 0; index < note.Legs.Length; index++)
        {
            count += IsFirst(note, index) ? 1 : 0;
        }

        return Math.Max(count, 1);
    }

    private static bool IsFirst(ConsignmentNote note, int index)
    {
        if (note.Legs[index].Vehicle?.Registration?.Normalised is not { } plate)
        {
            return false;
        }

        for (var earlier = 0; earlier < index; earlier++)
        {
            if (note.Legs[earlier].Vehicle?.Registration?.Normalised == plate)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The greatest maximum mass that is stated; null: none is.</summary>
    private static decimal? StatedMaxMassKg(ConsignmentNote note)
    {
        decimal? greatest = null;
        foreach (var leg in note.Legs)
        {
            if (leg.Vehicle is { MaxMassKg: > 0 and var mass } && !(greatest >= mass))
            {
                greatest = mass;
            }
        }

        return greatest;
    }

    private static Finding NetAboveGross(string field) =>
        new(RuleCodes.MassConsistency, Severity.Error, field, "The net mass must not be above the gross mass.");
}
