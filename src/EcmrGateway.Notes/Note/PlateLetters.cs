namespace EcmrGateway.Notes.Note;

/// <summary>Characters of plates as the Latin letters and digits they are compared by.</summary>
internal static class PlateLetters
{
    /// <summary>Nothing that counts: space, hyphen, dot or other punctuation.</summary>
    public const char Separator = '\0';

    /// <summary>A letter that is on no European plate.</summary>
    public const char Unreadable = '\uFFFF';

    private const string Greek = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

    private const string GreekAsLatin = "ABEZHIKMNOPTYX";

    private const string Cyrillic = "АВЕКМНОРСТУХІЇЄ";

    private const string CyrillicAsLatin = "ABEKMHOPCTYXIIE";

    private const string Accented = "ÄÅÀÁÂÖØÓÔÜÚÛÉÈÊËÍÎÏÇČĆŠŚŽŹŻĐŁŃÑÝ";

    private const string AccentedAsLatin = "AAAAAOOOOUUUEEEEIIICCCSSZZZDLNNY";

    public static char Fold(char character)
    {
        if (char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character))
        {
            return character;
        }

        if (char.IsAsciiLetterLower(character))
        {
            return (char)(character - 'a' + 'A');
        }

        return char.IsAscii(character) || !char.IsLetterOrDigit(character) ? Separator : FoldOther(character);
    }

    private static char FoldOther(char character)
    {
        var upper = char.ToUpperInvariant(character);
        return Look(upper, Greek, GreekAsLatin)
            ?? Look(upper, Cyrillic, CyrillicAsLatin)
            ?? Look(upper, Accented, AccentedAsLatin)
            ?? Unreadable;
    }

    private static char? Look(char upper, string from, string to)
    {
        var index = from.IndexOf(upper, StringComparison.Ordinal);
        return index < 0 ? null : to[index];
    }
}
