namespace EcmrGateway.Notes.Note;

/// <summary>An instant, and the offset at which it was written down.</summary>
public readonly record struct Moment
{
    public const int OffsetMinutesMax = 840;

    private const long SecondsMin = -62_135_596_800;

    private const long SecondsMax = 253_402_300_799;

    private const int NanosPerTick = 100;

    private const int NanosPerSecond = 1_000_000_000;

    /// <exception cref="ArgumentOutOfRangeException">The offset is beyond 14 hours.</exception>
    public Moment(DateTimeOffset time, int? offsetMinutes = null)
    {
        if (offsetMinutes is { } minutes)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(minutes), OffsetMinutesMax, nameof(offsetMinutes));
        }

        Time = time.ToUniversalTime();
        OffsetMinutes = (short?)offsetMinutes;
    }

    /// <summary>The instant, UTC.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Offset from UTC at which it was written, minutes; null: not known.</summary>
    public short? OffsetMinutes { get; }

    /// <summary>
    /// Nanoseconds beyond <see cref="Time"/>, 0 to 99: the wire is finer than a tick, and nothing is lost.
    /// </summary>
    public byte NanosBeyondTick { get; private init; }

    /// <summary>Latest calendar date that it can have been where it was written down.</summary>
    public DateOnly LatestLocalDate => DateOnly.FromDateTime(
        Time.Date >= DateTime.MaxValue.Date
            ? Time.DateTime
            : Time.DateTime.AddMinutes(OffsetMinutes ?? OffsetMinutesMax));

    /// <summary>Reads seconds and nanoseconds since 1970; years 1 to 9999.</summary>
    public static bool TryCreate(long seconds, int nanos, int? offsetMinutes, out Moment moment)
    {
        moment = default;
        if (seconds is < SecondsMin or > SecondsMax
            || nanos is < 0 or >= NanosPerSecond
            || offsetMinutes is < -OffsetMinutesMax or > OffsetMinutesMax)
        {
            return false;
        }

        var ticks = DateTimeOffset.UnixEpoch.Ticks + (seconds * TimeSpan.TicksPerSecond) + (nanos / NanosPerTick);
        moment = new(new DateTimeOffset(ticks, TimeSpan.Zero), offsetMinutes)
        {
            NanosBeyondTick = (byte)(nanos % NanosPerTick),
        };
        return true;
    }
}
