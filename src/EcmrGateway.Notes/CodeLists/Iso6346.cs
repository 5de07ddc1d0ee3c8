namespace EcmrGateway.Notes.CodeLists;

/// <summary>
/// Identification of freight containers, ISO 6346. Swap bodies (EN 13044-1) reckon their digit the same way.
/// </summary>
public static class Iso6346
{
    public const int Length = 11;

    private const int OwnerLetters = 4;

    private const int NoSuchRemainder = 10;

    // A=10, and on by one, leaving out the multiples of 11.
    private static ReadOnlySpan<byte> LetterValues =>
        [10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 34, 35, 36, 37, 38];

    /// <summary>Upper case without spaces and hyphens. Empty: longer than an identifier can be.</summary>
    public static ReadOnlySpan<char> Normalise(ReadOnlySpan<char> id, Span<char> destination)
    {
        var length = 0;
        foreach (var character in id)
        {
            if (character is ' ' or '-')
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

    /// <summary>Four letters and seven digits.</summary>
    public static bool HasForm(ReadOnlySpan<char> normalised) =>
        normalised.Length == Length
        && !normalised[..OwnerLetters].ContainsAnyExceptInRange('A', 'Z')
        && !normalised[OwnerLetters..].ContainsAnyExceptInRange('0', '9');

    /// <summary>Whether the fourth letter is that of a freight container: U, J or Z.</summary>
    public static bool IsContainer(ReadOnlySpan<char> normalised) =>
        HasForm(normalised) && normalised[OwnerLetters - 1] is 'U' or 'J' or 'Z';

    /// <summary>Whether the last digit is the check digit of the others. Only for what has the form.</summary>
    public static bool CheckDigitHolds(ReadOnlySpan<char> normalised) =>
        Remainder(normalised) % NoSuchRemainder == normalised[^1] - '0';

    /// <summary>
    /// A remainder of ten is written as nought, and shares that digit: owners are to avoid such numbers.
    /// </summary>
    public static bool IsToBeAvoided(ReadOnlySpan<char> normalised) => Remainder(normalised) == NoSuchRemainder;

    private static int Remainder(ReadOnlySpan<char> normalised)
    {
        var sum = 0;
        for (var index = 0; index < Length - 1; index++)
        {
            var character = normalised[index];
            var value = char.IsAsciiDigit(character) ? character - '0' : LetterValues[character - 'A'];
            sum += value << index;
        }

        return sum % 11;
    }
}
