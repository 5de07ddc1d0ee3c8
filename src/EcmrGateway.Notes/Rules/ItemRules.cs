using System.Collections.Frozen;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>Lines of goods: CMR art. 6(1)(f) and (h), and their commodity codes.</summary>
internal static class ItemRules
{
    private const int DescriptionLettersMin = 3;

    private const int ChapterMax = 97;

    private const int ReservedChapter = 77;

    // Words that name no goods; English, Dutch, German and French.
    private static readonly FrozenSet<string> GenericWords = new[]
    {
        "goods", "freight", "cargo", "general cargo", "general goods", "various", "various goods", "miscellaneous",
        "merchandise", "groupage", "load", "pallets", "boxes",
        "goederen", "lading", "vracht", "diversen", "diverse goederen", "stukgoed", "handelsgoederen",
        "waren", "güter", "ware", "ladung", "fracht", "stückgut", "diverses", "sammelgut",
        "marchandises", "marchandise", "fret", "divers", "cargaison",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> GenericWordSpans =
        GenericWords.GetAlternateLookup<ReadOnlySpan<char>>();

    public static void DescriptionsArePresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (!note.Requires(Particulars.Description))
        {
            return;
        }

        if (note.Items.IsEmpty)
        {
            findings.Add(new(RuleCodes.Description, Severity.Error, "items", "State the goods: at least one line."));
        }

        for (var index = 0; index < note.Items.Length; index++)
        {
            var description = note.Items[index].Description;
            if (!HasLetters(description))
            {
                findings.Add(new(RuleCodes.Description, Severity.Error, $"items[{index}].description",
                    "State the nature of the goods in at least three letters."));
            }
            else if (GenericWordSpans.Contains(description.AsSpan().Trim()))
            {
                findings.Add(new(RuleCodes.Description, Severity.Warning, $"items[{index}].description",
                    "The description names no goods: state their nature as it is called in common use."));
            }
        }
    }

    public static void MassesArePresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (!note.Requires(Particulars.Mass))
        {
            return;
        }

        for (var index = 0; index < note.Items.Length; index++)
        {
            var item = note.Items[index];
            if (!(item.GrossMass?.Value > 0) && !(item.Quantity?.Value > 0))
            {
                findings.Add(new(RuleCodes.Mass, Severity.Error, $"items[{index}].gross_mass",
                    "State the gross mass, or the quantity otherwise expressed; more than nought."));
            }
        }
    }

    public static void HsCodesAreValid(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        for (var index = 0; index < note.Items.Length; index++)
        {
            var code = note.Items[index].HsCode;
            if (code.Length > 0 && !IsHsCode(code))
            {
                findings.Add(new(RuleCodes.HsCode, Severity.Warning, $"items[{index}].hs_code",
                    "A commodity code has 6 or 8 digits, the first two of which are a chapter: 01 to 97, but not 77."));
            }
        }
    }

    private static bool IsHsCode(ReadOnlySpan<char> code)
    {
        if (code.Length is not (6 or 8) || code.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var chapter = ((code[0] - '0') * 10) + (code[1] - '0');
        return chapter is >= 1 and <= ChapterMax and not ReservedChapter;
    }

    // Three letters or digits, one of them a letter: "H2O" is goods, "123" is none.
    private static bool HasLetters(string text)
    {
        var count = 0;
        var letters = 0;
        for (var index = 0; index < text.Length && (count < DescriptionLettersMin || letters == 0); index++)
        {
            count += char.IsLetterOrDigit(text[index]) ? 1 : 0;
            letters += char.IsLetter(text[index]) ? 1 : 0;
        }

        return count >= DescriptionLettersMin && letters > 0;
    }
}
