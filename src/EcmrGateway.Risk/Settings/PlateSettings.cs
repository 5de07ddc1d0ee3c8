namespace EcmrGateway.Risk.Settings;

/// <summary>Numbers of SAME_PLATE.</summary>
public sealed record PlateSettings
{
    public int PointsMax { get; init; } = 15;

    /// <summary>Notes that overlap for less are not compared, minutes: plans are rounded.</summary>
    public int OverlapMinutesMin { get; init; } = 30;

    /// <summary>Two carriers say of themselves that they drive the vehicle at the same time.</summary>
    public int DrivingCarriersPoints { get; init; } = 15;

    /// <summary>Two contracting carriers name it at the same time: one may drive for both.</summary>
    public int ContractingCarriersPoints { get; init; } = 8;

    /// <summary>One carrier, but two loads of which each takes more than the share below: no groupage.</summary>
    public int FullLoadsPoints { get; init; } = 5;

    /// <summary>Share of the payload above which two loads cannot be on one vehicle, percent.</summary>
    public int FullLoadPercent { get; init; } = 55;

    internal void Validate(List<string> wrong)
    {
        RiskSettings.Require(
            FullLoadsPoints > 0 && ContractingCarriersPoints > FullLoadsPoints
            && DrivingCarriersPoints > ContractingCarriersPoints && DrivingCarriersPoints == PointsMax,
            "The plate's points fall from its most points.", wrong);
        RiskSettings.Require(OverlapMinutesMin is >= 1 and <= 1_440, "OverlapMinutesMin is 1 to 1,440.", wrong);
        RiskSettings.Require(FullLoadPercent is > 50 and <= 100, "FullLoadPercent is above 50, up to 100.", wrong);
    }
}
