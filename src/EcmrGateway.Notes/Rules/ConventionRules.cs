using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>What the CMR Convention alone asks for: charges, customs, its clause and its scope.</summary>
internal static class ConventionRules
{
    public static void ChargesAreStated(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (note.Requires(Particulars.Convention) && note.Charges.IsEmpty && !note.ChargesAsAgreed)
        {
            findings.Add(new(RuleCodes.Charges, Severity.Warning, "charges",
                "State the charges of the carriage, or that they are as agreed."));
        }
    }

    public static void CustomsInstructionsArePresent(
        ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (note.Requires(Particulars.Convention)
            && note.Consignor?.Address?.Country is { } from
            && note.Consignee?.Address?.Country is { } to
            && CustomsTerritories.Of(from) != CustomsTerritories.Of(to)
            && string.IsNullOrWhiteSpace(note.CustomsInstructions))
        {
            findings.Add(new(RuleCodes.CustomsInstructions, Severity.Warning, "customs_instructions",
                "The goods leave a customs territory: state the instructions for customs and other formalities."));
        }
    }

    public static void ClauseIsPresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (note.Requires(Particulars.Convention) && !note.CmrClause)
        {
            findings.Add(new(RuleCodes.CmrClause, Severity.Error, "cmr_clause",
                "State that the carriage is subject to the CMR, notwithstanding any clause to the contrary."));
        }
    }

    public static void CarriageIsInScope(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (!note.Requires(Particulars.Convention)
            || note.TakingOver?.Place?.Country is not { } from
            || note.Delivery?.Place?.Country is not { } to)
        {
            return;
        }

        if (from == to)
        {
            findings.Add(new(RuleCodes.Scope, Severity.Warning, "delivery.place",
                "Taking over and delivery lie in one country: the Convention is for carriage between two."));
        }
        else if (!CmrParties.Contains(from) && !CmrParties.Contains(to))
        {
            findings.Add(new(RuleCodes.Scope, Severity.Warning, "delivery.place",
                "Neither country is a party to the Convention."));
        }
    }
}
