using EcmrGateway.Notes.CodeLists;

namespace EcmrGateway.Notes.Note;

/// <summary>Registration of a vehicle or trailer: as on the plate, and in the one spelling that is compared.</summary>
/// <remarks>
/// Normalised: upper case, only A-Z and 0-9. Spaces, hyphens, dots and other punctuation go; accented letters lose
/// their marks, and Greek and Cyrillic letters become the Latin ones they look like, as cameras read them and the
/// Vienna Convention (1968, annex 2) wants them. A leading distinguishing sign ("NL-12-ABC-3") goes too, by these
/// rules:
/// <list type="number">
/// <item>What is left must have a form of plate of the sign's country, and the whole must have none of them. So
/// "D-AB 123" stays: it is a plate of Duesseldorf, and "PL 12345" one of Leszno.</item>
/// <item>With a country given only the signs of that country are looked for, and they may touch the rest
/// ("NL12ABC3").</item>
/// <item>Without a country the sign must be set apart ("NL-12-ABC-3"): "NL12ABC3" may be a plate we do not know.</item>
/// </list>
/// Stripping too little makes one vehicle two; stripping too much makes two vehicles one, which is worse.
/// </remarks>
public readonly record struct VehicleRegistration
{
    /// <summary>Most characters after normalisation.</summary>
    public const int LengthMax = 17;

    /// <summary>Most characters as written; more is not a plate.</summary>
    public const int RawLengthMax = 64;

    private readonly string? _raw;

    private readonly string? _normalised;

    private VehicleRegistration(string raw, string normalised) => (_raw, _normalised) = (raw, normalised);

    /// <summary>As written.</summary>
    public string Raw => _raw ?? "";

    /// <summary>1 to 17 of A-Z 0-9.</summary>
    public string Normalised => _normalised ?? "";

    /// <summary>False where nothing is left after normalisation, or more than 17 characters.</summary>
    public static bool TryParse(string plate, CountryCode? country, out VehicleRegistration registration)
    {
        var normalised = Normalise(plate, country);
        registration = normalised.Length == 0 ? default : new(plate, normalised);
        return normalised.Length > 0;
    }

    /// <summary>The one spelling of a plate. Empty: not readable as a plate, nothing left, or too long.</summary>
    /// <param name="country">Country of registration; null: not known, as with most cameras.</param>
    public static string Normalise(string plate, CountryCode? country = null)
    {
        if (plate.Length > RawLengthMax)
        {
            return "";
        }

        Span<char> kept = stackalloc char[RawLengthMax];
        var length = 0;
        var signLength = 0; // Characters before the first separator; 0: none seen yet.
        foreach (var character in plate)
        {
            var letter = PlateLetters.Fold(character);
            if (letter == PlateLetters.Unreadable)
            {
                return "";
            }

            if (letter != PlateLetters.Separator)
            {
                kept[length++] = letter;
            }
            else if (signLength == 0)
            {
                signLength = length;
            }
        }

        var whole = kept[..length];
        var start = country is { } known ? SignOf(known, whole) : SetApartSign(whole, signLength);
        var normalised = whole[start..];
        return normalised.Length > LengthMax ? "" : SameAs(plate, normalised) ? plate : normalised.ToString();
    }

    private static int SignOf(CountryCode country, ReadOnlySpan<char> whole)
    {
        if (PlatePatterns.Match(country.Value, whole))
        {
            return 0;
        }

        foreach (var sign in VehicleSigns.Of(country.Value))
        {
            if (whole.StartsWith(sign, StringComparison.Ordinal)
                && PlatePatterns.Match(country.Value, whole[sign.Length..]))
            {
                return sign.Length;
            }
        }

        return 0;
    }

    private static int SetApartSign(ReadOnlySpan<char> whole, int signLength) =>
        signLength > 0
        && VehicleSigns.CountryOf(whole[..signLength]) is { } country
        && !PlatePatterns.Match(country, whole)
        && PlatePatterns.Match(country, whole[signLength..])
            ? signLength
            : 0;

    private static bool SameAs(string plate, ReadOnlySpan<char> normalised) =>
        plate.AsSpan().SequenceEqual(normalised);
}
