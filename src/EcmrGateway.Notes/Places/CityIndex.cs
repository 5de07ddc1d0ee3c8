using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Places;

/// <summary>Builds the look-up by country and name of the city.</summary>
internal static class CityIndex
{
    /// <summary>Places of one name this near to each other are one city; in microdegrees, about 30 km.</summary>
    private const int SameCityMicrodegrees = 300_000;

    /// <summary>
    /// Every name of every place, and the aliases. A name that two places far apart share is left out: not located is
    /// better than located wrongly.
    /// </summary>
    public static Dictionary<string, Coordinates> Build(
        Dictionary<string, LocodePlace> places, Dictionary<string, string> aliases)
    {
        var cities = new Dictionary<string, Coordinates>(StringComparer.Ordinal);
        var shared = new HashSet<string>(StringComparer.Ordinal);
        foreach (var place in places.Values)
        {
            foreach (var key in KeysOf(place))
            {
                if (!cities.TryAdd(key, place.Position) && !Near(cities[key], place.Position))
                {
                    shared.Add(key);
                }
            }
        }

        foreach (var key in shared)
        {
            cities.Remove(key);
        }

        foreach (var (key, code) in aliases)
        {
            if (places.TryGetValue(code, out var place))
            {
                cities[key] = place.Position;
            }
        }

        return cities;
    }

    public static string Key(string country, ReadOnlySpan<char> name)
    {
        Span<char> folded = stackalloc char[CityNames.LengthMax];
        return string.Concat(country, CityNames.Fold(name, folded));
    }

    // "Rome (Roma)" is known by both names; "Chisinau (ex Kishinev)" by the present one.
    private static IEnumerable<string> KeysOf(LocodePlace place)
    {
        var country = place.Code[..2];
        var open = place.Name.IndexOf('(', StringComparison.Ordinal);
        var close = place.Name.IndexOf(')', StringComparison.Ordinal);
        if (open <= 0 || close < open)
        {
            yield return Key(country, place.Name);
            yield break;
        }

        yield return Key(country, place.Name.AsSpan(0, open));
        var second = place.Name[(open + 1)..close];
        if (!second.StartsWith("ex ", StringComparison.Ordinal))
        {
            yield return Key(country, second);
        }
    }

    private static bool Near(Coordinates one, Coordinates other) =>
        Math.Abs(one.LatitudeMicrodegrees - other.LatitudeMicrodegrees) <= SameCityMicrodegrees
        && Math.Abs(one.LongitudeMicrodegrees - other.LongitudeMicrodegrees) <= SameCityMicrodegrees;
}
