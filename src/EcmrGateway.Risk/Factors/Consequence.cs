using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Settings;

namespace EcmrGateway.Risk.Factors;

/// <summary>How grave it can be when something goes wrong: beside the points, never in them.</summary>
/// <remarks>
/// 4 grave: category 0 outside limited and excepted quantities, prohibited carriage, or a sum of ADR 1.1.3.6 of a tank.
/// 3 of importance: dangerous goods fully under ADR, dangerous waste, or heavy goods well above the limit.
/// 2 limited: other dangerous goods, waste, or heavy goods. 1 slight: all else, also where nothing is stated.
/// </remarks>
internal static class Consequence
{
    public const int Slight = 1;
    public const int Limited = 2;
    public const int Important = 3;
    public const int Grave = 4;

    // More than any vehicle carries; keeps sums inside their type. Thousandths of a kilogram or litre.
    private const long QuantityMilliMax = 1_000_000_000_000;

    public static int Of(in FactorInput input)
    {
        var note = input.Movement.Note;
        var goods = OfDangerousGoods(note.DangerousGoods, input.Settings.Consequence);
        if (note.Waste)
        {
            goods = goods >= Limited ? Math.Max(goods, Important) : Limited;
        }

        return Math.Max(goods, OfMass(input));
    }

    private static int OfDangerousGoods(DangerousGoodsLoad? load, ConsequenceSettings settings)
    {
        if (load is null || (load.Lines.Count == 0 && load.Indicator != true))
        {
            return Slight;
        }

        foreach (var discrepancy in load.Discrepancies)
        {
            if (discrepancy.Kind == DiscrepancyKind.CarriageProhibited)
            {
                return Grave;
            }
        }

        var milli = 0L;
        foreach (var line in load.Lines)
        {
            if (line.LimitedOrExcepted)
            {
                continue;
            }

            var category = CategoryOf(line, settings);
            if (category == 0)
            {
                return Grave;
            }

            milli += Math.Clamp(line.QuantityMilli, 0, QuantityMilliMax) * settings.CategoryFactors[category];
        }

        return milli >= settings.GravePointsMin * 1000L ? Grave
            : milli > settings.ExemptPointsMax * 1000L ? Important
            : Limited;
    }

    private static int CategoryOf(DangerousGoodsLine line, ConsequenceSettings settings) =>
        line.TransportCategory is [>= '0' and <= '4'] ? line.TransportCategory[0] - '0' : settings.UnknownCategory;

    private static int OfMass(in FactorInput input)
    {
        var grams = input.Movement.Note.GrossMassG ?? 0;
        if (grams < input.Settings.Consequence.HeavyGoodsKgMin * 1000L)
        {
            return Slight;
        }

        var excess = VehicleMass.Of(input.Movement, input.Settings.Load).ExcessPercent(grams);
        return excess > input.Settings.Consequence.OverloadPercent ? Important : Limited;
    }
}
