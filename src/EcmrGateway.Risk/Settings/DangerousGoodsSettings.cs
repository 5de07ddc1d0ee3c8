namespace EcmrGateway.Risk.Settings;

/// <summary>Numbers of DANGEROUS_GOODS.</summary>
public sealed record DangerousGoodsSettings
{
    /// <summary>Kinds add up to at most this.</summary>
    public int PointsMax { get; init; } = 15;

    /// <summary>Points of each kind of discrepancy, by its number from 1; a kind counts once.</summary>
    /// <remarks>
    /// Indicator denies lines, indicator without lines, UN number unknown, packing group, label, tunnel code, carriage
    /// prohibited, quantity missing: what hides or forbids a load weighs more than what describes it badly.
    /// </remarks>
    public IReadOnlyList<int> KindPoints { get; init; } = [12, 6, 8, 5, 5, 4, 15, 3];

    internal void Validate(List<string> wrong)
    {
        RiskSettings.Require(KindPoints.Count == 8, "Each of the eight kinds has points.", wrong);
        RiskSettings.Require(
            KindPoints.All(points => points > 0 && points <= PointsMax), "A kind has 1 to the most points.", wrong);
    }
}
