using System.Collections.Frozen;

namespace EcmrGateway.Notes.CodeLists;

/// <summary>
/// Distinguishing signs of vehicles in international traffic, as "D" or "NL", with the alpha-2 beside them.
/// </summary>
internal static class VehicleSigns
{
    private static readonly Dictionary<string, string> CountryBySign = Load();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> BySign =
        CountryBySign.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    // Some software writes the alpha-2 before the plate in place of the sign.
    private static readonly FrozenDictionary<string, string[]> ByCountry = CountryBySign
        .GroupBy(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal)
        .ToFrozenDictionary(
            signs => signs.Key,
            signs => signs.Append(signs.Key).Distinct().OrderByDescending(sign => sign.Length).ToArray(),
            StringComparer.Ordinal);

    /// <summary>Signs of a country, its alpha-2 among them, longest first.</summary>
    public static string[] Of(string country) => ByCountry.GetValueOrDefault(country, []);

    /// <summary>Country of a sign; null: none that we know.</summary>
    public static string? CountryOf(ReadOnlySpan<char> sign) =>
        BySign.TryGetValue(sign, out var country) ? country : null;

    private static Dictionary<string, string> Load()
    {
        var countries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in EmbeddedCsv.Read("vehicle-signs.csv").AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty)
            {
                var row = line;
                countries[EmbeddedCsv.Next(ref row).ToString()] = row.ToString();
            }
        }

        return countries;
    }
}
