using System.Globalization;

namespace EcmrGateway.Notes.Note;

/// <summary>
/// UN number of dangerous goods, 1 to 9999. ADR 5.4.1.1.1(a). Its existence is checked against Table A.
/// </summary>
public readonly record struct UnNumber
{
    private const int Digits = 4;

    private readonly ushort _value;

    private UnNumber(ushort value) => _value = value;

    public int Value => _value;

    /// <summary>Reads exactly four digits, without "UN".</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UnNumber number)
    {
        number = default;
        if (text.Length != Digits || text.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var value = ushort.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        number = new(value);
        return value > 0;
    }

    /// <exception cref="FormatException">Not four digits.</exception>
    public static UnNumber Parse(string text) => TryParse(text, out var number)
        ? number
        : throw new FormatException("A UN number has four digits.");

    public override string ToString() => _value.ToString("D4", CultureInfo.InvariantCulture);
}
