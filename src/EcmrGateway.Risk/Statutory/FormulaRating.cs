using System.Numerics;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Risk.Statutory;

/// <summary>Bands of Regulation (EU) 2022/695.</summary>
public enum RatingBand
{
    /// <summary>No checks.</summary>
    Grey,

    /// <summary>Up to 100.</summary>
    Green,

    /// <summary>Above 100, up to 200.</summary>
    Amber,

    /// <summary>Above 200.</summary>
    Red,
}

/// <summary>Risk rating by the common formula of Regulation (EU) 2022/695, in exact fractions.</summary>
/// <remarks>
/// R = (sum over checks of (MI + 10 SI + 30 VSI + 90 MSI) / N) / r * g, where N is the number of vehicles checked and
/// r the number of checks, clean ones included. Whole checks count for two years. Values between the bands of the text
/// go to the higher one, on the unrounded value. It is an average and jumps where checks are few: it is shown beside
/// our own score and never enters it.
/// </remarks>
/// <param name="Numerator">Of the exact value, in lowest terms; 0 without checks.</param>
/// <param name="Denominator">Above 0.</param>
/// <param name="Checks">Checks inside the two years.</param>
public readonly record struct FormulaRating(BigInteger Numerator, BigInteger Denominator, int Checks)
{
    private static readonly int[] ClassPoints = [1, 10, 30, 90];

    public RatingBand Band => Checks == 0 ? RatingBand.Grey
        : Numerator <= 100 * Denominator ? RatingBand.Green
        : Numerator <= 200 * Denominator ? RatingBand.Amber
        : RatingBand.Red;

    /// <summary>Hundredths, halves rounded up; null without checks.</summary>
    public long? Centi => Checks == 0 ? null : CentiOf(Numerator, Denominator);

    /// <summary>
    /// Rates the checks that were done at most two years before a moment. Later ones count, as in all of the model.
    /// </summary>
    /// <param name="wholeFleetHasSmartTachographs">
    /// Whether a check at the premises established it: g is 0.9 then. No fact of the gateway says so.
    /// </param>
    public static FormulaRating Of(
        IReadOnlyList<CheckFact> checks, long asOfMs, bool wholeFleetHasSmartTachographs = false)
    {
        var since = TwoYearsBefore(asOfMs);
        var counted = 0;
        BigInteger numerator = 0, denominator = 1;
        long whole = 0;
        for (var i = 0; i < checks.Count; i++)
        {
            var check = checks[i];
            if (check.InspectedMs < since)
            {
                continue;
            }

            counted++;
            var points = PointsOf(check);
            if (check.VehiclesChecked <= 1)
            {
                whole += points; // Nearly all checks: kept out of the large numbers.
            }
            else
            {
                (numerator, denominator) = Add(numerator, denominator, points, check.VehiclesChecked);
            }
        }

        if (counted == 0)
        {
            return new(0, 1, 0);
        }

        numerator += whole * denominator;
        denominator *= counted;
        return wholeFleetHasSmartTachographs
            ? Reduced(numerator * 9, denominator * 10, counted)
            : Reduced(numerator, denominator, counted);
    }

    private static long PointsOf(CheckFact check)
    {
        var points = 0L;
        for (var i = 0; i < check.Infringements.Count; i++)
        {
            var infringement = check.Infringements[i];
            points += (long)ClassPoints[(int)infringement.Class - 1] * infringement.Count;
        }

        return points;
    }

    private static (BigInteger Numerator, BigInteger Denominator) Add(
        BigInteger numerator, BigInteger denominator, long points, int vehicles)
    {
        var common = BigInteger.GreatestCommonDivisor(denominator, vehicles);
        return ((numerator * (vehicles / common)) + (points * (denominator / common)), denominator / common * vehicles);
    }

    private static FormulaRating Reduced(BigInteger numerator, BigInteger denominator, int checks)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return new(numerator / common, denominator / common, checks);
    }

    private static long CentiOf(BigInteger numerator, BigInteger denominator) =>
        (long)(((numerator * 200) + denominator) / (denominator * 2));

    /// <summary>The same day two years earlier, so that leap years do not move it.</summary>
    private static long TwoYearsBefore(long asOfMs)
    {
        var earliest = DateTimeOffset.MinValue.AddYears(2).ToUnixTimeMilliseconds();
        var latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
        var asOf = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(asOfMs, earliest, latest));
        return asOf.AddYears(-2).ToUnixTimeMilliseconds();
    }
}
