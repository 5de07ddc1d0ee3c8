using System.Globalization;
using Ecmr.Inspection.V1;

namespace EcmrGateway.Inspection.Rank;

/// <summary>
/// Bands of Regulation (EU) 2022/695 as risk.md states them: green up to 100, amber up to 200, red above.
/// </summary>
internal static class FormulaRatings
{
    public static FormulaRating Write(long centi) => new()
    {
        Value = (centi / 100m).ToString("0.00", CultureInfo.InvariantCulture),
        Band = centi switch
        {
            <= 100_00 => RatingBand.Green,
            <= 200_00 => RatingBand.Amber,
            _ => RatingBand.Red,
        },
    };
}
