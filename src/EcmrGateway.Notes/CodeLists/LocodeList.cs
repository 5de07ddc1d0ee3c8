using System.Collections.Frozen;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.CodeLists;

/// <summary>
/// Which codes of UN/LOCODE exist, for the European countries. One edition: newer places are not in it.
/// </summary>
public static class LocodeList
{
    private const int Symbols = 34; // A-Z, then 2-9.

    private const int TailLength = 3;

    private static readonly FrozenDictionary<string, ulong[]> BitsByCountry = Load();

    /// <summary>Number of countries that the list covers.</summary>
    public static int CountryCount => BitsByCountry.Count;

    /// <summary>Number of codes that the list holds.</summary>
    public static int Count => BitsByCountry.Values.Sum(bits => bits.Sum(word => (int)ulong.PopCount(word)));

    /// <summary>Null: the list does not cover the country.</summary>
    public static bool? Exists(Locode locode)
    {
        if (!BitsByCountry.TryGetValue(locode.Country.Value, out var bits))
        {
            return null;
        }

        var (word, mask) = BitOf(locode.Value.AsSpan(Locode.Length - TailLength));
        return (bits[word] & mask) != 0;
    }

    private static FrozenDictionary<string, ulong[]> Load()
    {
        var countries = new Dictionary<string, ulong[]>(StringComparer.Ordinal);
        foreach (var line in EmbeddedCsv.Read("locode-tails.csv").AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
            {
                continue;
            }

            var tails = line;
            var bits = new ulong[((Symbols * Symbols * Symbols) / 64) + 1];
            countries[EmbeddedCsv.Next(ref tails).ToString()] = bits;
            for (; !tails.IsEmpty; tails = tails[TailLength..])
            {
                var (word, mask) = BitOf(tails[..TailLength]);
                bits[word] |= mask;
            }
        }

        return countries.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static (int Word, ulong Mask) BitOf(ReadOnlySpan<char> tail)
    {
        var bit = 0;
        foreach (var character in tail)
        {
            bit = (bit * Symbols) + (char.IsAsciiLetter(character) ? character - 'A' : 26 + (character - '2'));
        }

        return (bit / 64, 1UL << (bit % 64));
    }
}
