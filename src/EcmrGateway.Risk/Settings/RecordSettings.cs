namespace EcmrGateway.Risk.Settings;

/// <summary>Numbers of INSPECTION_RECORD.</summary>
public sealed record RecordSettings
{
    public int PointsMax { get; init; } = 25;

    /// <summary>Most points for the carrier's record.</summary>
    public int CarrierPointsMax { get; init; } = 15;

    /// <summary>Most points for the vehicle's own record.</summary>
    public int VehiclePointsMax { get; init; } = 10;

    /// <summary>Weight of the sector's average, in imagined checks.</summary>
    public int CarrierPriorChecks { get; init; } = 10;

    /// <summary>Lower than the carrier's: a vehicle is checked seldom, and what was found stays with it.</summary>
    public int VehiclePriorChecks { get; init; } = 4;

    /// <summary>Sector's average of infringement points a check, thousandths.</summary>
    /// <remarks>Assumed: one check in ten finds a very serious infringement. Random checks will measure it.</remarks>
    public int SectorPointsMilli { get; init; } = 3_000;

    /// <summary>Average at which the factor is at its most, thousandths.</summary>
    public int FullPointsMilli { get; init; } = 15_000;

    /// <summary>Infringement points of MI, SI, VSI and MSI as in Regulation (EU) 2022/695.</summary>
    public IReadOnlyList<int> ClassPoints { get; init; } = [1, 10, 30, 90];

    /// <summary>One check counts for at most this many infringement points a vehicle.</summary>
    public int CheckPointsMax { get; init; } = 300;

    /// <summary>Weight of a check by its age in months of 730 hours, thousandths; older ones do not count.</summary>
    /// <remarks>Half-life 12 months: 1000 * 2^(-months/12), rounded.</remarks>
    public IReadOnlyList<int> DecayMilli { get; init; } =
    [
        1000, 944, 891, 841, 794, 749, 707, 667, 630, 595, 561, 530,
        500, 472, 445, 420, 397, 375, 354, 334, 315, 297, 281, 265,
        250, 236, 223, 210, 198, 187, 177, 167, 157, 149, 140, 132,
        125, 118, 111, 105, 99, 94, 88, 83, 79, 74, 70, 66,
        63, 59, 56, 53, 50, 47, 44, 42, 39, 37, 35, 33,
        31,
    ];

    internal void Validate(List<string> wrong)
    {
        RiskSettings.Require(
            CarrierPointsMax > 0 && VehiclePointsMax > 0 && CarrierPointsMax + VehiclePointsMax == PointsMax,
            "The record's two parts add up to its most points.", wrong);
        RiskSettings.Require(
            CarrierPriorChecks is >= 1 and <= 1_000 && VehiclePriorChecks is >= 1 and <= 1_000,
            "Prior checks are 1 to 1,000.", wrong);
        RiskSettings.Require(
            SectorPointsMilli >= 0 && FullPointsMilli > SectorPointsMilli,
            "The full average is above the sector's.", wrong);
        RiskSettings.Require(CheckPointsMax is >= 1 and <= 10_000, "CheckPointsMax is 1 to 10,000.", wrong);
        RiskSettings.Require(
            ClassPoints.Count == 4 && ClassPoints[0] > 0 && ClassPoints[3] <= 1_000 && IsRising(ClassPoints),
            "The four classes' points rise, from 1 to 1,000.", wrong);
        RiskSettings.Require(
            DecayMilli.Count is >= 1 and <= 240 && DecayMilli[0] == 1_000 && DecayMilli[^1] >= 0
            && IsRising([.. DecayMilli.Reverse()]),
            "Weights fall from 1000 to 0 or more, over at most 240 months.", wrong);
    }

    private static bool IsRising(IReadOnlyList<int> values)
    {
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i] < values[i - 1])
            {
                return false;
            }
        }

        return true;
    }
}
