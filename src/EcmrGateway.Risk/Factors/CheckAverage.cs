using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Settings;

namespace EcmrGateway.Risk.Factors;

/// <summary>Infringement points a check, weighed by age and drawn towards the sector's average.</summary>
/// <param name="Milli">The average, thousandths of a point.</param>
/// <param name="Counted">Checks that are not too old.</param>
/// <param name="Infringing">Those of them that found something.</param>
internal readonly record struct CheckAverage(long Milli, int Counted, int Infringing)
{
    // 365 days in twelve months, so that half-lives fall on whole months.
    private const ulong MsPerMonth = 730 * 3_600_000UL;

    public static CheckAverage Of(
        IReadOnlyList<CheckFact> checks, long asOfMs, int priorChecks, RecordSettings settings)
    {
        long weights = 0, weighedPoints = 0;
        var (counted, infringing) = (0, 0);
        for (var i = 0; i < checks.Count; i++)
        {
            var check = checks[i];
            var weight = WeightMilli(check, asOfMs, settings);
            weights += weight;
            weighedPoints += weight * PointsMilli(check, settings);
            counted += weight > 0 ? 1 : 0;
            infringing += weight > 0 && check.Infringements.Count > 0 ? 1 : 0;
        }

        return new(Shrunk(priorChecks, settings.SectorPointsMilli, weights, weighedPoints), counted, infringing);
    }

    /// <summary>(k * prior + sum of weight * value) / (k + sum of weights); weights in thousandths.</summary>
    public static long Shrunk(int priorCount, long prior, long weightsMilli, long weighedSumMilli) =>
        ((priorCount * 1000L * prior) + weighedSumMilli) / ((priorCount * 1000L) + weightsMilli);

    /// <summary>A check later than the moment counts in full.</summary>
    public static int WeightMilli(CheckFact check, long asOfMs, RecordSettings settings)
    {
        // Unsigned, the difference of any two moments fits.
        var age = check.InspectedMs >= asOfMs ? 0 : unchecked((ulong)asOfMs - (ulong)check.InspectedMs);
        var month = age / MsPerMonth;
        return month < (ulong)settings.DecayMilli.Count ? settings.DecayMilli[(int)month] : 0;
    }

    /// <summary>Points of an average: none at the sector's or below, the most at the full one or above.</summary>
    public int PointsOf(int pointsMax, RecordSettings settings)
    {
        var above = Math.Min(Milli, settings.FullPointsMilli) - settings.SectorPointsMilli;
        return above <= 0 ? 0 : (int)(above * pointsMax / (settings.FullPointsMilli - settings.SectorPointsMilli));
    }

    /// <summary>A vehicle's share of what was found: a visit to many vehicles finds more than a stop.</summary>
    private static long PointsMilli(CheckFact check, RecordSettings settings)
    {
        var points = 0L;
        for (var i = 0; i < check.Infringements.Count; i++)
        {
            var infringement = check.Infringements[i];
            points += (long)settings.ClassPoints[(int)infringement.Class - 1] * infringement.Count;
        }

        return Math.Min(points * 1000 / Math.Max(1, check.VehiclesChecked), settings.CheckPointsMax * 1000L);
    }
}
