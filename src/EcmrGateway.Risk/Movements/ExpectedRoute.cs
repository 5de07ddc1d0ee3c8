namespace EcmrGateway.Risk.Movements;

/// <summary>Where a vehicle is expected on the road, and when.</summary>
/// <remarks>
/// Along the great circle from first to last place at an even pace between start and end. Where one time is missing
/// it follows from the distance. Where both are, or a place is, the vehicle is expected at the ends that are known
/// only, and the route says that it is uncertain.
/// </remarks>
public readonly record struct ExpectedRoute
{
    private const long MsPerHour = 3_600_000;

    /// <summary>Start, milliseconds: stated, or found as good as can be.</summary>
    public long StartMs { get; private init; }

    /// <summary>End, milliseconds: stated, or found as good as can be; never before the start.</summary>
    public long EndMs { get; private init; }

    /// <summary>Whether only ends are known.</summary>
    public bool Uncertain { get; private init; }

    /// <summary>Expected at the first place until then; null: not known, or on the way from there.</summary>
    internal Stay? AtFirst { get; private init; }

    /// <summary>Expected at the last place from then on; null: not known, or on the way there.</summary>
    internal Stay? AtLast { get; private init; }

    internal UnitVector From { get; private init; }

    /// <summary>Direction of travel at <see cref="From"/>.</summary>
    internal UnitVector Towards { get; private init; }

    /// <summary>Length of the way, radians.</summary>
    internal double Angle { get; private init; }

    public static ExpectedRoute Of(Movement movement, long receivedMs, MovementSettings settings)
    {
        var stated = movement;
        if (stated is { StartMs: { } start, EndMs: { } end } && end <= start)
        {
            stated = stated with { EndMs = null }; // A contradiction; the start is what the note is about.
        }

        return stated is { First: { } first, Last: { } last } && (stated.StartMs ?? stated.EndMs) is not null
            ? Along(first, last, stated.StartMs, stated.EndMs, settings)
            : AtEnds(stated, receivedMs, settings);
    }

    /// <summary>Expected place at a moment, degrees; null: before the start, after the end, or uncertain.</summary>
    public (double Latitude, double Longitude)? PlaceAt(long momentMs)
    {
        if (Uncertain || momentMs < StartMs || momentMs > EndMs)
        {
            return null;
        }

        var share = EndMs == StartMs ? 0 : (double)(momentMs - StartMs) / (EndMs - StartMs);
        var place = From.Turned(Towards, share * Angle);
        return (place.LatitudeDegrees, place.LongitudeDegrees);
    }

    private static ExpectedRoute Along(
        GeoPoint first, GeoPoint last, long? startMs, long? endMs, MovementSettings settings)
    {
        var (from, to) = (UnitVector.Of(first), UnitVector.Of(last));
        var angle = from.AngleTo(to);
        var travel = startMs is null || endMs is null ? TravelMs(angle, settings) : 0;
        var start = startMs ?? (endMs!.Value - travel);
        return new()
        {
            StartMs = start,
            EndMs = endMs ?? (start + travel),
            From = from,
            Towards = from.DirectionTo(to),
            Angle = angle,
        };
    }

    private static ExpectedRoute AtEnds(Movement movement, long receivedMs, MovementSettings settings)
    {
        var stay = settings.EndHours * MsPerHour;
        var start = movement.StartMs ?? Math.Min(receivedMs, movement.EndMs ?? receivedMs);
        var atFirst = movement.First is { } first ? new Stay(UnitVector.Of(first), start, start + stay) : (Stay?)null;
        var lastPlace = movement.Last is { } last ? UnitVector.Of(last) : (UnitVector?)null;

        var arrival = movement.EndMs - stay;
        var end = movement.EndMs ?? (start + stay);
        if (movement.EndMs is null && lastPlace is { } place)
        {
            // With both places known the distance tells when it can be there; else all that is known is "later".
            arrival = atFirst is { } known ? start + TravelMs(known.Place.AngleTo(place), settings) : start;
            end = arrival.Value + (atFirst is null ? settings.UnknownArrivalHours * MsPerHour : stay);
        }

        return new()
        {
            StartMs = start,
            EndMs = Math.Max(start, end),
            Uncertain = true,
            AtFirst = atFirst,
            AtLast = lastPlace is { } there ? new Stay(there, Math.Max(start, arrival!.Value), end) : null,
        };
    }

    /// <summary>Whole minutes, so that a difference in the last bit of a sine is no difference in time.</summary>
    private static long TravelMs(double angle, MovementSettings settings)
    {
        var roadKm = angle * UnitVector.EarthRadiusKm * settings.DetourMilli / 1000;
        return (long)Math.Round(roadKm * 60 / settings.AverageSpeedKmh) * 60_000;
    }

    /// <summary>A time at one place, milliseconds.</summary>
    internal readonly record struct Stay(UnitVector Place, long FromMs, long ToMs);
}
