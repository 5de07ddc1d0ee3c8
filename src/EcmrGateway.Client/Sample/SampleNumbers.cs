using System.Globalization;

namespace EcmrGateway.Client.Sample;

/// <summary>Numbers with the forms and check digits that the registers ask for.</summary>
internal static class SampleNumbers
{
    /// <summary>Letters that Dutch plates use: no vowels, no C and Q.</summary>
    private const string DutchLetters = "BDFGHJKLNPRSTVXZ";

    private const string Letters = "ABCDEFGHJKLMNPRSTUVWXYZ";

    private static readonly string[] ContainerOwners = ["CSQU", "TOLU", "HLXU", "MSCU", "MSKU", "APZU", "TGHU", "CAIU"];

    /// <summary>A truck's plate as it is written in its country.</summary>
    public static string Plate(ref SampleRandom random, string country) =>
        Fill(ref random, random.Pick<string>(TruckForms(country)));

    public static string TrailerPlate(ref SampleRandom random, string country) =>
        Fill(ref random, country == "NL" ? "O?-##-??" : random.Pick<string>(TruckForms(country)));

    /// <summary>
    /// ISO 6346 with its check digit; owners whose remainder is 10 are avoided, as owners are told to do.
    /// </summary>
    public static string Container(ref SampleRandom random)
    {
        while (true)
        {
            var stem = random.Pick<string>(ContainerOwners) + Digits(ref random, 6);
            var remainder = ContainerRemainder(stem);
            if (remainder < 10)
            {
                return stem + (char)('0' + remainder);
            }
        }
    }

    /// <summary>Sum of ISO 6346 modulo 11; 10 is written as 0.</summary>
    public static int ContainerRemainder(ReadOnlySpan<char> stem)
    {
        var sum = 0;
        for (var i = 0; i < 10; i++)
        {
            sum += ContainerValue(stem[i]) << i;
        }

        return sum % 11;
    }

    /// <summary>EORI: country and digits. It has no common check digit.</summary>
    public static string Eori(ref SampleRandom random, string country) => country + Digits(ref random, 9);

    public static string Digits(ref SampleRandom random, int count)
    {
        Span<char> digits = stackalloc char[count];
        for (var i = 0; i < count; i++)
        {
            digits[i] = (char)('0' + random.Below(10));
        }

        return new string(digits);
    }

    /// <summary>Thousandths as a decimal without trailing zeros.</summary>
    public static string Milli(long milli)
    {
        var (whole, part) = Math.DivRem(milli, 1000);
        return part == 0
            ? whole.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{whole}.{part:D3}").TrimEnd('0');
    }

    private static int ContainerValue(char c)
    {
        if (char.IsAsciiDigit(c))
        {
            return c - '0';
        }

        // A = 10, then on, leaving out 11, 22 and 33.
        var value = c - 'A' + 10;
        return value + (value >= 11 ? 1 : 0) + (value >= 21 ? 1 : 0) + (value >= 31 ? 1 : 0);
    }

    // ? is a letter, # a digit, the rest stands for itself.
    private static string[] TruckForms(string country) => country switch
    {
        "NL" => ["##-B??-#", "B?-###-?"],
        "BE" => ["1-???-###", "2-???-###"],
        "DE" => ["DU ?? ###", "HH ?? ####", "KK ?? ###"],
        "PL" => ["PO #####", "WGM #####", "DW ####?"],
        "LT" => ["??? ###"],
        "RO" => ["AR ## ???", "B ### ???"],
        "FR" or "IT" => ["??-###-??"],
        "ES" => ["#### ???"],
        "CZ" => ["#?? ####"],
        _ => ["??? ###"],
    };

    private static string Fill(ref SampleRandom random, string form)
    {
        var letters = form.Contains('B', StringComparison.Ordinal) || form[0] == 'O' ? DutchLetters : Letters;
        Span<char> plate = stackalloc char[form.Length];
        for (var i = 0; i < form.Length; i++)
        {
            plate[i] = form[i] switch
            {
                '?' => letters[random.Below(letters.Length)],
                '#' => (char)('0' + random.Below(10)),
                var c => c,
            };
        }

        return new string(plate);
    }
}
