using EcmrGateway.Notes.CodeLists;

namespace EcmrGateway.Notes.Note;

/// <summary>A country of ISO 3166-1, alpha-2 in upper case. Greece is GR; EL belongs to tax numbers alone.</summary>
public readonly record struct CountryCode
{
    private readonly string? _value;

    private CountryCode(string value) => _value = value;

    public string Value => _value ?? "";

    public static bool TryParse(ReadOnlySpan<char> text, out CountryCode country)
    {
        if (Countries.Find(text) is { } value)
        {
            country = new(value);
            return true;
        }

        country = default;
        return false;
    }

    /// <exception cref="FormatException">Not a country of ISO 3166-1.</exception>
    public static CountryCode Parse(string text) => TryParse(text, out var country)
        ? country
        : throw new FormatException("Not a country of ISO 3166-1 in upper case.");

    public override string ToString() => Value;
}
