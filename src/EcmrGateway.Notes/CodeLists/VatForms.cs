using System.Collections.Frozen;

namespace EcmrGateway.Notes.CodeLists;

/// <summary>
/// Forms of VAT numbers by country prefix. Forms only: check digits differ by country and are not reckoned.
/// </summary>
internal static class VatForms
{
    // 9 a digit, A a letter, X either, * either or + or *; a character after ' stands for itself.
    private static readonly FrozenDictionary<string, string[]> ByPrefix = new Dictionary<string, string[]>
    {
        ["AT"] = ["'U99999999"],
        ["BE"] = ["9999999999", "999999999"],
        ["BG"] = ["999999999", "9999999999"],
        ["CY"] = ["99999999A"],
        ["CZ"] = ["99999999", "999999999", "9999999999"],
        ["DE"] = ["999999999"],
        ["DK"] = ["99999999"],
        ["EE"] = ["999999999"],
        ["EL"] = ["999999999"],
        ["ES"] = ["X9999999X"],
        ["FI"] = ["99999999"],
        ["FR"] = ["XX999999999"],
        ["GB"] = ["999999999", "999999999999", "'G'D999", "'H'A999"],
        ["GR"] = [], // Greece writes EL.
        ["HR"] = ["99999999999"],
        ["HU"] = ["99999999"],
        ["IE"] = ["9*99999A", "9*99999AA"],
        ["IT"] = ["99999999999"],
        ["LT"] = ["999999999", "999999999999"],
        ["LU"] = ["99999999"],
        ["LV"] = ["99999999999"],
        ["MT"] = ["99999999"],
        ["NL"] = ["999999999'B99"],
        ["PL"] = ["9999999999"],
        ["PT"] = ["999999999"],
        ["RO"] = [
            "99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"],
        ["SE"] = ["999999999999"],
        ["SI"] = ["99999999"],
        ["SK"] = ["9999999999"],
        ["XI"] = ["999999999", "999999999999", "'G'D999", "'H'A999"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByPrefix.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True too for a country whose form is not known here.</summary>
    public static bool Fits(ReadOnlySpan<char> vat)
    {
        if (!BySpan.TryGetValue(vat[..2], out var forms))
        {
            return vat.Length > 2;
        }

        foreach (var form in forms)
        {
            if (Fits(form, vat[2..]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Fits(ReadOnlySpan<char> form, ReadOnlySpan<char> number)
    {
        foreach (var character in number)
        {
            if (form.IsEmpty)
            {
                return false;
            }

            var literal = form[0] == '\'';
            var wanted = literal ? form[1] : form[0];
            form = form[(literal ? 2 : 1)..];
            var fits = literal ? character == wanted : wanted switch
            {
                '9' => char.IsAsciiDigit(character),
                'A' => char.IsAsciiLetterUpper(character),
                'X' => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character),
                _ => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character is '+' or '*',
            };
            if (!fits)
            {
                return false;
            }
        }

        return form.IsEmpty;
    }
}
