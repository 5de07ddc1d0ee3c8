namespace EcmrGateway.Notes.Places;

/// <summary>Names of cities in the form in which they are compared: A-Z in upper case, nothing else.</summary>
internal static class CityNames
{
    /// <summary>Longest name that is looked up.</summary>
    public const int LengthMax = 64;

    // The alphabets of the European Union and its neighbours; each letter above stands for the ones below.
    private const string From = "ÀÁÂÃÄÅĀĂĄÇĆĈČĎĐÈÉÊËĒĖĘĚĜĞĢÌÍÎÏĪĮİĶĹĻĽŁÑŃŅŇÒÓÔÕÖØŌŐŔŘŚŜŞŠȘŢŤȚÙÚÛÜŪŮŰŲÝŸŹŻŽÐ";

    private const string To = "AAAAAAAAACCCCDDEEEEEEEEGGGIIIIIIIKLLLLNNNNOOOOOOOORRSSSSSTTTUUUUUUUUYYZZZD";

    /// <summary>Writes the folded name; the result is empty where it does not fit.</summary>
    public static ReadOnlySpan<char> Fold(ReadOnlySpan<char> name, Span<char> destination)
    {
        var length = 0;
        foreach (var character in name)
        {
            if (length + 2 > destination.Length)
            {
                return [];
            }

            if (char.IsAsciiLetter(character))
            {
                destination[length++] = char.ToUpperInvariant(character);
            }
            else if (!char.IsAscii(character))
            {
                length += FoldLetter(character, destination[length..]);
            }
        }

        return destination[..length];
    }

    private static int FoldLetter(char character, Span<char> destination)
    {
        var upper = char.ToUpperInvariant(character);
        var (first, second) = upper switch
        {
            'Æ' => ('A', 'E'),
            'Œ' => ('O', 'E'),
            'ß' or 'ẞ' => ('S', 'S'),
            'Ĳ' => ('I', 'J'),
            _ => (From.IndexOf(upper, StringComparison.Ordinal) is >= 0 and var index ? To[index] : '\0', '\0'),
        };
        destination[0] = first;
        destination[1] = second;
        return first == '\0' ? 0 : second == '\0' ? 1 : 2;
    }
}
