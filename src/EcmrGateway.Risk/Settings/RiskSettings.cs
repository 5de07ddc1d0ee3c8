namespace EcmrGateway.Risk.Settings;

/// <summary>Every number of the model. A score names the hash of all of them.</summary>
/// <remarks>
/// Changing one is a new configuration: profiles and scores are computed anew. Places are no part of it.
/// </remarks>
public sealed record RiskSettings
{
    /// <summary>Most points of all factors together.</summary>
    public const int PointsMax = 100;

    public DocumentSettings Document { get; init; } = new();

    public LoadSettings Load { get; init; } = new();

    public PlateSettings Plate { get; init; } = new();

    public DangerousGoodsSettings DangerousGoods { get; init; } = new();

    public RecordSettings Record { get; init; } = new();

    public ConsequenceSettings Consequence { get; init; } = new();

    /// <summary>Positions named by one contribution at most.</summary>
    public int SourcesMax { get; init; } = 16;

    /// <summary>First 8 bytes of the SHA-256 of <see cref="CanonicalText"/>, in lower-case hex.</summary>
    public string Hash() => SettingsText.Hash(CanonicalText());

    /// <summary>A line for each number, by name in ordinal order.</summary>
    public string CanonicalText() => SettingsText.Of(this);

    /// <summary>What is wrong with them, all at once; empty: nothing.</summary>
    public IReadOnlyList<string> Validate()
    {
        var wrong = new List<string>();
        var all = Document.PointsMax + Load.PointsMax + Plate.PointsMax + DangerousGoods.PointsMax + Record.PointsMax;
        Require(all == PointsMax, $"The factors' most points add up to {all}, not to {PointsMax}.", wrong);
        Require(SourcesMax is >= 1 and <= 256, "SourcesMax is from 1 to 256.", wrong);
        Document.Validate(wrong);
        Load.Validate(wrong);
        Plate.Validate(wrong);
        DangerousGoods.Validate(wrong);
        Record.Validate(wrong);
        Consequence.Validate(wrong);
        return wrong;
    }

    internal static void Require(bool holds, string otherwise, List<string> wrong)
    {
        if (!holds)
        {
            wrong.Add(otherwise);
        }
    }
}
