namespace EcmrGateway.Notes.Note;

/// <summary>Decimals as the wire writes them: a dot, no exponent, at most 10 digits before and 6 after it.</summary>
public static class DecimalText
{
    private const int WholeDigitsMax = 10;

    private const int FractionDigitsMax = 6;

    /// <summary>Reads a decimal and drops trailing zeros: "607.50" becomes 607.5.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        value = default;
        var negative = text is ['-', ..];
        var digits = negative ? text[1..] : text;
        var dot = digits.IndexOf('.');
        var whole = dot < 0 ? digits : digits[..dot];
        var fraction = dot < 0 ? [] : digits[(dot + 1)..];
        if (whole.Length is 0 or > WholeDigitsMax
            || fraction.Length > FractionDigitsMax
            || (dot >= 0 && fraction.IsEmpty))
        {
            return false;
        }

        fraction = fraction.TrimEnd('0');
        long unscaled = 0;
        if (!TryAppend(whole, ref unscaled) || !TryAppend(fraction, ref unscaled))
        {
            return false;
        }

        // Minus zero is zero: one value has one spelling.
        value = new((int)unscaled, (int)(unscaled >> 32), 0, negative && unscaled != 0, (byte)fraction.Length);
        return true;
    }

    /// <summary>The same value without trailing zeros after the dot.</summary>
    public static decimal WithoutTrailingZeros(decimal value) =>
        value.Scale == 0 ? value : value / 1.0000000000000000000000000000m;

    private static bool TryAppend(ReadOnlySpan<char> digits, ref long unscaled)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            unscaled = (unscaled * 10) + (digit - '0');
        }

        return true;
    }
}
