using System.Collections.Frozen;

namespace EcmrGateway.Notes.CodeLists;

/// <summary>Forms of plates by country: what a plate can look like, not which plates exist.</summary>
internal static class PlatePatterns
{
    // @ a letter, # a digit, ? either, [ABC] one of these.
    private static readonly FrozenDictionary<string, string[]> ByCountry = Load();

    /// <summary>Alpha-2 of the countries whose forms are known.</summary>
    public static IEnumerable<string> Countries => ByCountry.Keys;

    /// <summary>Whether <paramref name="country"/> has a form that fits. False where no form of it is known.</summary>
    public static bool Match(string country, ReadOnlySpan<char> normalised)
    {
        if (ByCountry.TryGetValue(country, out var patterns))
        {
            foreach (var pattern in patterns)
            {
                if (Fits(pattern, normalised))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> plate)
    {
        foreach (var character in plate)
        {
            if (pattern.IsEmpty)
            {
                return false;
            }

            var end = pattern[0] == '[' ? pattern.IndexOf(']') : 0;
            var fits = pattern[0] switch
            {
                '@' => char.IsAsciiLetterUpper(character),
                '#' => char.IsAsciiDigit(character),
                '?' => char.IsAsciiLetterOrDigit(character),
                _ => pattern[..(end + 1)].Contains(character),
            };
            if (!fits)
            {
                return false;
            }

            pattern = pattern[(end + 1)..];
        }

        return pattern.IsEmpty;
    }

    private static FrozenDictionary<string, string[]> Load()
    {
        var patterns = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var line in EmbeddedCsv.Read("plate-patterns.csv").AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
            {
                continue;
            }

            var row = line;
            var country = EmbeddedCsv.Next(ref row).ToString();
            if (!patterns.TryGetValue(country, out var list))
            {
                patterns[country] = list = [];
            }

            list.Add(row.ToString());
        }

        return patterns.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
    }
}
