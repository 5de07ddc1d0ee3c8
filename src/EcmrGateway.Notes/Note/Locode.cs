using System.Buffers;

namespace EcmrGateway.Notes.Note;

/// <summary>A code in the form of UN/LOCODE: a country of ISO 3166-1 and three of A-Z 2-9, as "NLRTM".</summary>
/// <remarks>That the place exists is another matter: the list has editions, and the built-in one lags.</remarks>
public readonly record struct Locode
{
    public const int Length = 5;

    private static readonly SearchValues<char> TailCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789");

    private readonly string? _value;

    private Locode(string value, CountryCode country) => (_value, Country) = (value, country);

    public string Value => _value ?? "";

    public CountryCode Country { get; }

    public static bool TryParse(string text, out Locode locode)
    {
        if (text.Length == Length
            && CountryCode.TryParse(text.AsSpan(0, 2), out var country)
            && !text.AsSpan(2).ContainsAnyExcept(TailCharacters))
        {
            locode = new(text, country);
            return true;
        }

        locode = default;
        return false;
    }

    /// <exception cref="FormatException">Not in the form of UN/LOCODE.</exception>
    public static Locode Parse(string text) => TryParse(text, out var locode)
        ? locode
        : throw new FormatException("Not in the form of UN/LOCODE.");

    public bool Equals(Locode other) => Value == other.Value;

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;
}
