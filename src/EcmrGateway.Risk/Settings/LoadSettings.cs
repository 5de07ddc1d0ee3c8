namespace EcmrGateway.Risk.Settings;

/// <summary>Typical mass of an empty vehicle or combination.</summary>
/// <param name="LimitKgMax">For limits up to this, kilograms.</param>
/// <param name="TareKg">Kilograms; at the low end of what is usual, so that a doubt is not a finding.</param>
public readonly record struct TareBand(int LimitKgMax, int TareKg);

/// <summary>Numbers of LOAD_PLAUSIBILITY and of the masses it reasons with.</summary>
/// <remarks>
/// The most generous limits that may apply are used, because the countries of a journey are no input: axle loads and
/// the 50 t of Regeling voertuigen art. 5.18.17b and 5.18.17d, above the 40 t of Directive 96/53/EC Annex I.
/// </remarks>
public sealed record LoadSettings
{
    public int PointsMax { get; init; } = 25;

    /// <summary>By the excess over the limit with this note's goods alone, percent.</summary>
    public IReadOnlyList<ScaleStep> AloneSteps { get; init; } = [new(5, 8), new(10, 15), new(20, 25)];

    /// <summary>By the excess with all goods on the vehicle at once; less, as planned times are wide.</summary>
    public IReadOnlyList<ScaleStep> TogetherSteps { get; init; } = [new(5, 5), new(10, 10), new(20, 15)];

    /// <summary>Stated maximum masses below this are taken for tonnes or slips and left out, kilograms.</summary>
    public int StatedMassKgMin { get; init; } = 1_000;

    /// <summary>Regeling voertuigen art. 5.18.17d(2)b.</summary>
    public int DrivenAxleKg { get; init; } = 11_500;

    /// <summary>Regeling voertuigen art. 5.18.17d(2)b.</summary>
    public int OtherAxleKg { get; init; } = 10_000;

    /// <summary>Regeling voertuigen art. 5.18.17b(2)a.</summary>
    public int CombinationKgMax { get; init; } = 50_000;

    /// <summary>Longer and heavier combinations (LZV).</summary>
    public int LongCombinationKgMax { get; init; } = 60_000;

    /// <summary>From so many trailers a combination is a longer and heavier one.</summary>
    public int LongCombinationTrailersMin { get; init; } = 2;

    /// <summary>From so many axles a combination is a longer and heavier one.</summary>
    public int LongCombinationAxlesMin { get; init; } = 7;

    /// <summary>Rising. Typical values of vans, rigid and articulated vehicles, from no register.</summary>
    public IReadOnlyList<TareBand> Tares { get; init; } =
    [
        new(3_500, 2_000), new(7_500, 3_500), new(12_000, 5_500), new(21_500, 7_500), new(31_500, 10_000),
        new(50_000, 14_000), new(int.MaxValue, 18_000),
    ];

    /// <summary>A journey counts for so long at most, hours: a wrong end must not load a vehicle for ever.</summary>
    public int OnBoardHoursMax { get; init; } = 168;

    internal void Validate(List<string> wrong)
    {
        RiskSettings.Require(
            Steps.AreRising(AloneSteps, PointsMax) && Steps.AreRising(TogetherSteps, PointsMax),
            "The load's steps rise up to its most points.", wrong);
        RiskSettings.Require(
            StatedMassKgMin > 0 && OtherAxleKg > 0 && DrivenAxleKg > 0 && CombinationKgMax > 0
            && LongCombinationKgMax >= CombinationKgMax,
            "Masses are above 0, and a longer combination's limit is not below the usual one.", wrong);
        RiskSettings.Require(
            LongCombinationTrailersMin >= 1 && LongCombinationAxlesMin >= 1, "Counts are above 0.", wrong);
        RiskSettings.Require(
            Tares.Count > 0 && Tares[^1].LimitKgMax == int.MaxValue, "The last tare is for every limit.", wrong);
        for (var i = 1; i < Tares.Count; i++)
        {
            RiskSettings.Require(Tares[i].LimitKgMax > Tares[i - 1].LimitKgMax, "The tares' limits rise.", wrong);
        }

        RiskSettings.Require(OnBoardHoursMax is >= 1 and <= 8_760, "OnBoardHoursMax is 1 to 8,760.", wrong);
    }
}
