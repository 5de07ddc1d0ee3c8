namespace EcmrGateway.Risk.Movements;

/// <summary>Areas that a movement is expected to pass, and the hours of it.</summary>
/// <param name="List">By area id, then by hour; an area twice only where the hours do not touch.</param>
/// <param name="StartMs">Start used, milliseconds.</param>
/// <param name="EndMs">End used, milliseconds.</param>
/// <param name="Uncertain">Whether the vehicle is listed at its known ends only.</param>
public sealed record Passages(IReadOnlyList<Passage> List, long StartMs, long EndMs, bool Uncertain)
{
    private const long MsPerMinute = 60_000;
    private const long MsPerHour = 3_600_000;
    private const long MsPerDay = 24 * MsPerHour;

    public static Passages Of(Movement movement, long receivedMs, AreaSet areas, MovementSettings settings)
    {
        var route = ExpectedRoute.Of(movement, receivedMs, settings);
        List<Passage>? passages = null;
        var margin = MarginMs(route.EndMs - route.StartMs, settings);
        foreach (ref readonly var circle in areas.Circles)
        {
            if (route.Uncertain)
            {
                AddStay(circle, route.AtFirst, route.StartMs, margin, settings, ref passages);
                AddStay(circle, route.AtLast, route.StartMs, margin, settings, ref passages);
            }
            else if (Crossing(circle, route) is { } crossing)
            {
                Add(circle.Id, crossing.FromMs, crossing.ToMs, route.StartMs, margin, settings, ref passages);
            }
        }

        return new(passages is null ? [] : passages.ToArray(), route.StartMs, route.EndMs, route.Uncertain);
    }

    /// <summary>When a route is inside a circle; null: never.</summary>
    /// <remarks>
    /// With p(a) = from * cos a + towards * sin a, the cosine of the distance to the centre is A cos a + B sin a =
    /// R cos(a - a0), so the route is inside for |a - a0| up to acos(cos radius / R). Most areas fail at R.
    /// </remarks>
    private static (long FromMs, long ToMs)? Crossing(in AreaCircle circle, in ExpectedRoute route)
    {
        var a = circle.Centre.Dot(route.From);
        var b = circle.Centre.Dot(route.Towards);
        var squared = (a * a) + (b * b);
        if (squared < circle.CosRadius * circle.CosRadius)
        {
            return null;
        }

        var nearest = Math.Atan2(b, a);
        var half = Math.Acos(Math.Min(1, circle.CosRadius / Math.Sqrt(squared)));
        var from = Math.Max(0, nearest - half);
        var to = Math.Min(route.Angle, nearest + half);
        if (from > to)
        {
            return null;
        }

        return route.Angle > 0
            ? (MomentAt(route, from / route.Angle), MomentAt(route, to / route.Angle))
            : (route.StartMs, route.EndMs);
    }

    /// <summary>Whole minutes: a hair before or after a full hour must not be another hour.</summary>
    private static long MomentAt(in ExpectedRoute route, double share)
    {
        var minutes = (route.EndMs - route.StartMs) * Math.Clamp(share, 0, 1) / MsPerMinute;
        return route.StartMs + ((long)Math.Round(minutes) * MsPerMinute);
    }

    private static long MarginMs(long journeyMs, MovementSettings settings) => Math.Clamp(
        journeyMs / 100 * settings.MarginPercent,
        settings.MarginMinutesMin * MsPerMinute,
        settings.MarginMinutesMax * MsPerMinute);

    private static void AddStay(
        in AreaCircle circle, ExpectedRoute.Stay? stay, long startMs, long margin, MovementSettings settings,
        ref List<Passage>? passages)
    {
        if (stay is { } known && circle.Contains(known.Place))
        {
            Add(circle.Id, known.FromMs, known.ToMs, startMs, margin, settings, ref passages);
        }
    }

    private static void Add(
        string area, long fromMs, long toMs, long startMs, long margin, MovementSettings settings,
        ref List<Passage>? passages)
    {
        var earliest = startMs - margin;
        var latest = earliest + (settings.DaysMax * MsPerDay);
        var from = Math.Max(fromMs - margin, earliest);
        var to = Math.Min(toMs + margin, latest);
        if (from > to)
        {
            return;
        }

        var passage = new Passage(area, HourOf(from), HourOf(to));
        passages ??= [];
        if (passages.Count > 0 && passages[^1] is var before && before.Area == area
            && passage.FirstHour <= before.LastHour + 1)
        {
            passages[^1] = before with { LastHour = Math.Max(before.LastHour, passage.LastHour) };
        }
        else
        {
            passages.Add(passage);
        }
    }

    private static int HourOf(long momentMs) =>
        (int)Math.Clamp(Math.Floor((double)momentMs / MsPerHour), int.MinValue, int.MaxValue);
}
