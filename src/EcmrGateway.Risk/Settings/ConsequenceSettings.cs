namespace EcmrGateway.Risk.Settings;

/// <summary>Numbers of the consequence, which is beside the points.</summary>
public sealed record ConsequenceSettings
{
    /// <summary>Points a kilogram or litre by transport category 0 to 4, ADR 1.1.3.6.4.</summary>
    /// <remarks>Category 0 has no exemption and is grave in any quantity, so its factor is not used.</remarks>
    public IReadOnlyList<int> CategoryFactors { get; init; } = [0, 50, 3, 1, 0];

    /// <summary>Category assumed of a line whose category is not known.</summary>
    public int UnknownCategory { get; init; } = 2;

    /// <summary>Above this sum a load is fully under ADR (1.1.3.6.3 and 1.1.3.6.4).</summary>
    public int ExemptPointsMax { get; init; } = 1_000;

    /// <summary>Above this sum a load is grave: a tank or a full load of category 2.</summary>
    public int GravePointsMin { get; init; } = 30_000;

    /// <summary>Goods from this mass on make a heavy vehicle, kilograms.</summary>
    public int HeavyGoodsKgMin { get; init; } = 12_000;

    /// <summary>Above the limit by more than this, a heavy vehicle is of importance, percent.</summary>
    public int OverloadPercent { get; init; } = 10;

    internal void Validate(List<string> wrong)
    {
        RiskSettings.Require(
            CategoryFactors.Count == 5 && CategoryFactors.All(factor => factor is >= 0 and <= 1_000),
            "Each of the five transport categories has a factor from 0 to 1,000.", wrong);
        RiskSettings.Require(UnknownCategory is >= 1 and <= 4, "UnknownCategory is 1 to 4.", wrong);
        RiskSettings.Require(
            ExemptPointsMax > 0 && GravePointsMin > ExemptPointsMax, "The grave sum is above the exempt one.", wrong);
        RiskSettings.Require(HeavyGoodsKgMin > 0 && OverloadPercent >= 0, "Masses are above 0.", wrong);
    }
}
