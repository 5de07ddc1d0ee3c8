namespace EcmrGateway.Notes.CodeLists;

/// <summary>ISO 3166-1 alpha-2.</summary>
public static class Countries
{
    private const int Letters = 26;

    // Indexed by both letters, so that a lookup neither hashes nor allocates.
    private static readonly string?[] ByLetters = Load();

    public static int Count => ByLetters.Count(code => code is not null);

    public static bool Contains(ReadOnlySpan<char> code) => Find(code) is not null;

    /// <summary>The code as a string that is shared by all; null: no country, or not in upper case.</summary>
    internal static string? Find(ReadOnlySpan<char> code) =>
        code.Length == 2 && char.IsAsciiLetterUpper(code[0]) && char.IsAsciiLetterUpper(code[1])
            ? ByLetters[Index(code)]
            : null;

    private static string?[] Load()
    {
        var codes = new string?[Letters * Letters];
        foreach (var line in EmbeddedCsv.Read("iso3166.csv").AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty)
            {
                codes[Index(line)] = line.ToString();
            }
        }

        return codes;
    }

    private static int Index(ReadOnlySpan<char> code) => ((code[0] - 'A') * Letters) + (code[1] - 'A');
}
