using EcmrGateway.Risk.Movements;

namespace EcmrGateway.Inspection.Rank;

/// <summary>An area and whole hours, counted from 1970-01-01T00:00:00Z, both inclusive.</summary>
internal readonly record struct RankWindow(string Area, int FirstHour, int LastHour)
{
    /// <summary>Longest window that may be asked for.</summary>
    public static readonly TimeSpan LengthMax = TimeSpan.FromHours(48);

    /// <summary>Length of the window where the request names no end.</summary>
    public static readonly TimeSpan LengthDefault = TimeSpan.FromHours(2);

    public static RankWindow Of(string area, DateTimeOffset start, DateTimeOffset end) => new(
        area, HourOf(start), Math.Max(HourOf(start), HourOf(end.AddTicks(-1))));

    public bool Meets(Passage passage) =>
        passage.Area == Area && passage.FirstHour <= LastHour && passage.LastHour >= FirstHour;

    private static int HourOf(DateTimeOffset time) => (int)Math.Floor(time.ToUnixTimeMilliseconds() / 3_600_000d);
}
