namespace EcmrGateway.Risk.Movements;

/// <summary>Numbers for the expected place of a vehicle. None of them enters a score.</summary>
public sealed record MovementSettings
{
    /// <summary>Road distance to great-circle distance, thousandths.</summary>
    /// <remarks>Median over 149 pairs of European cities in the public data set eurodist.</remarks>
    public int DetourMilli { get; init; } = 1_280;

    /// <summary>Average speed with breaks, kilometres an hour: an assumption.</summary>
    public int AverageSpeedKmh { get; init; } = 65;

    /// <summary>For how long a vehicle whose route is not known is listed at an end, hours.</summary>
    public int EndHours { get; init; } = 2;

    /// <summary>For how long at its last place when neither arrival nor distance is known, hours.</summary>
    public int UnknownArrivalHours { get; init; } = 24;

    /// <summary>A passage is widened to both sides by at least this, minutes.</summary>
    public int MarginMinutesMin { get; init; } = 30;

    /// <summary>A passage is widened to both sides by at least this share of the journey, percent.</summary>
    public int MarginPercent { get; init; } = 10;

    /// <summary>A passage is widened by at most this, minutes.</summary>
    public int MarginMinutesMax { get; init; } = 1_440;

    /// <summary>Passages of one movement lie inside so many days: a wrong end must not fill the rankings.</summary>
    public int DaysMax { get; init; } = 14;

    /// <summary>What is wrong with them, all at once; empty: nothing.</summary>
    public IReadOnlyList<string> Validate()
    {
        var wrong = new List<string>();
        Require(DetourMilli is >= 1_000 and <= 3_000, "DetourMilli is 1,000 to 3,000.", wrong);
        Require(AverageSpeedKmh is >= 10 and <= 120, "AverageSpeedKmh is 10 to 120.", wrong);
        Require(EndHours is >= 1 and <= 48, "EndHours is 1 to 48.", wrong);
        Require(UnknownArrivalHours is >= 1 and <= 168, "UnknownArrivalHours is 1 to 168.", wrong);
        Require(MarginPercent is >= 0 and <= 50, "MarginPercent is 0 to 50.", wrong);
        Require(
            MarginMinutesMin is >= 0 and <= 1_440 && MarginMinutesMax >= MarginMinutesMin && MarginMinutesMax <= 10_080,
            "MarginMinutesMin is 0 to 1,440, MarginMinutesMax from there to 10,080.", wrong);
        Require(DaysMax is >= 1 and <= 60, "DaysMax is 1 to 60.", wrong);
        return wrong;
    }

    private static void Require(bool holds, string otherwise, List<string> wrong)
    {
        if (!holds)
        {
            wrong.Add(otherwise);
        }
    }
}
