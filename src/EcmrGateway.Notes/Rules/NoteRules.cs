using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Places;

namespace EcmrGateway.Notes.Rules;

/// <summary>A rule adds findings and never throws, so that a submitter sees every problem in one answer.</summary>
public delegate void NoteRule(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings);

/// <summary>What a rule may know besides the note. Rules read no clock and do no I/O.</summary>
/// <param name="ReceivedAt">When the gateway received the note.</param>
/// <param name="Places">Where places are; null: the built-in table.</param>
public readonly record struct NoteRuleContext(DateTimeOffset ReceivedAt, Locodes? Places = null)
{
    internal Locodes KnownPlaces => Places ?? Locodes.BuiltIn;
}

/// <summary>All rules, in the order in which findings are reported: that of the catalogue.</summary>
public static class NoteRules
{
    /// <summary>Most findings in one answer; warnings give way to errors.</summary>
    public const int FindingsMax = 100;

    private static readonly NoteRule[] All =
    [
        SchemaRules.NoteIsNoDraft,
        SchemaRules.LineNumbersAreUnique,
        IssueRules.DateAndPlaceArePresent,
        PartyRules.ConsignorIsPresent,
        PartyRules.CarrierIsPresent,
        PlaceRules.TakingOverIsPresent,
        PlaceRules.DeliveryIsPresent,
        PartyRules.ConsigneeIsPresent,
        ItemRules.DescriptionsArePresent,
        PackageRules.TypesAreKnown,
        PackageRules.CountsArePresent,
        PackageRules.MarksArePresent,
        ItemRules.MassesArePresent,
        ConventionRules.ChargesAreStated,
        ConventionRules.CustomsInstructionsArePresent,
        ConventionRules.ClauseIsPresent,
        ConventionRules.CarriageIsInScope,
        MoneyRules.AmountsAreValid,
        LocodeRules.CodesExist,
        EquipmentRules.ContainersAreValid,
        PartyIdRules.IdsAreValid,
        VehicleRules.PlatesAreValid,
        ItemRules.HsCodesAreValid,
        TimeRules.TimesAreInOrder,
        MassRules.MassIsWithinCap,
        MassRules.MassIsPlausible,
        MassRules.MassesAgree,
        PlaceRules.PlacesAreLocated,
    ];

    public static IReadOnlyList<Finding> Check(ConsignmentNote note, in NoteRuleContext context) =>
        Check(note, context, []);

    /// <summary>All findings about a note: what reading it found, then what the rules find.</summary>
    /// <param name="readFindings">
    /// What reading found. A rule is silent about a field that could not be read: it would call it missing.
    /// </param>
    public static IReadOnlyList<Finding> Check(
        ConsignmentNote note, in NoteRuleContext context, IReadOnlyList<Finding> readFindings)
    {
        var findings = new List<Finding>();
        foreach (var rule in All)
        {
            rule(note, context, findings);
        }

        if (readFindings.Count > 0)
        {
            findings.RemoveAll(finding => readFindings.Any(read => SameField(read.Field, finding.Field)));
            findings.InsertRange(0, readFindings);
        }

        Limit(findings);
        return findings;
    }

    /// <summary>Whether one field is the other or lies inside it.</summary>
    private static bool SameField(string one, string other) =>
        one.Length <= other.Length ? Inside(one, other) : Inside(other, one);

    private static bool Inside(string outer, string inner) =>
        inner.StartsWith(outer, StringComparison.Ordinal)
        && (inner.Length == outer.Length || inner[outer.Length] is '.' or '[');

    private static void Limit(List<Finding> findings)
    {
        for (var index = findings.Count - 1; index >= 0 && findings.Count > FindingsMax; index--)
        {
            if (findings[index].Severity == Severity.Warning)
            {
                findings.RemoveAt(index);
            }
        }

        if (findings.Count > FindingsMax)
        {
            findings.RemoveRange(FindingsMax, findings.Count - FindingsMax);
        }
    }
}
