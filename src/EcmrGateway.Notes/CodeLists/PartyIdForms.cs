namespace EcmrGateway.Notes.CodeLists;

/// <summary>Forms of identifiers of parties, all in upper case without separators.</summary>
internal static class PartyIdForms
{
    private const int EoriLengthMax = 17;

    private const int KvkLength = 8;

    private const int LeiLength = 20;

    private const int LeiModulus = 97;

    private const int VihbDigits = 6;

    private const int VihbLength = 10;

    /// <summary>Upper case without spaces, dots and hyphens. Empty: nothing left, or too long.</summary>
    public static ReadOnlySpan<char> Normalise(ReadOnlySpan<char> id, Span<char> destination)
    {
        var length = 0;
        foreach (var character in id)
        {
            if (character is ' ' or '.' or '-')
            {
                continue;
            }

            if (length == destination.Length)
            {
                return [];
            }

            destination[length++] = char.ToUpperInvariant(character);
        }

        return destination[..length];
    }

    /// <summary>Country and 1 to 15 of A-Z 0-9.</summary>
    public static bool IsEori(ReadOnlySpan<char> id) => id.Length is > 2 and <= EoriLengthMax && IsAlphanumeric(id);

    /// <summary>Dutch trade register: 8 digits.</summary>
    public static bool IsKvk(ReadOnlySpan<char> id) => id.Length == KvkLength && IsDigits(id);

    /// <summary>
    /// ISO 17442: 20 characters, remainder 1 when letters are read as 10 to 35 (ISO 7064, mod 97-10).
    /// </summary>
    public static bool IsLei(ReadOnlySpan<char> id)
    {
        if (id.Length != LeiLength || !IsAlphanumeric(id))
        {
            return false;
        }

        var remainder = 0;
        foreach (var character in id)
        {
            remainder = char.IsAsciiDigit(character)
                ? ((remainder * 10) + (character - '0')) % LeiModulus
                : ((remainder * 100) + (character - 'A' + 10)) % LeiModulus;
        }

        return remainder == 1;
    }

    /// <summary>Dutch waste carriers: 6 digits and 4 of V I H B X.</summary>
    public static bool IsVihb(ReadOnlySpan<char> id) =>
        id.Length == VihbLength && IsDigits(id[..VihbDigits]) && !id[VihbDigits..].ContainsAnyExcept("VIHBX");

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsAlphanumeric(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterUpper(character) && !char.IsAsciiDigit(character))
            {
                return false;
            }
        }

        return true;
    }
}
