using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Settings;

namespace EcmrGateway.Risk.Factors;

/// <summary>Limit and typical empty mass of the vehicle of a movement, kilograms.</summary>
/// <param name="Stated">Whether the limit is the one stated on the note.</param>
internal readonly record struct VehicleMass(int LimitKg, int TareKg, bool Stated)
{
    /// <summary>More than any vehicle carries; keeps sums inside their type. Grams.</summary>
    public const long GoodsGramsMax = 1_000_000_000_000;

    /// <summary>The lowest of the limits that surely apply: the stated one and the one the axles allow.</summary>
    public static VehicleMass Of(MovementFacts movement, LoadSettings settings)
    {
        var isLong = movement.Trailers >= settings.LongCombinationTrailersMin
            || movement.Axles >= settings.LongCombinationAxlesMin;
        var limit = isLong ? settings.LongCombinationKgMax : settings.CombinationKgMax;
        if (movement.Axles >= 2)
        {
            var axles = settings.DrivenAxleKg + ((movement.Axles - 1L) * settings.OtherAxleKg);
            limit = (int)Math.Min(limit, axles);
        }

        var stated = movement.MaxMassKg >= settings.StatedMassKgMin && movement.MaxMassKg < limit;
        if (stated)
        {
            limit = movement.MaxMassKg;
        }

        return new(limit, TareOf(limit, settings.Tares), stated);
    }

    /// <summary>By how much goods take the vehicle above its limit, percent of it; 0 or less: not above.</summary>
    public long ExcessPercent(long goodsGrams) =>
        // Rounded up, so that any excess above a step counts as above it.
        CeilingOf((TotalKg(goodsGrams) - LimitKg) * 100, LimitKg);

    /// <summary>Whether goods take more than a share of what the vehicle may carry.</summary>
    public bool TakesMoreThan(int percent, long goodsGrams) =>
        Math.Min(goodsGrams, GoodsGramsMax) / 1000 * 100 > (long)(LimitKg - TareKg) * percent;

    public long TotalKg(long goodsGrams) => TareKg + (Math.Min(goodsGrams, GoodsGramsMax) / 1000);

    private static long CeilingOf(long numerator, long denominator) =>
        numerator <= 0 ? numerator / denominator : ((numerator - 1) / denominator) + 1;

    private static int TareOf(int limitKg, IReadOnlyList<TareBand> tares)
    {
        foreach (var band in tares)
        {
            if (limitKg <= band.LimitKgMax)
            {
                return Math.Min(band.TareKg, limitKg);
            }
        }

        return 0;
    }
}
