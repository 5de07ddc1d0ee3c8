using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>Date and place of the note: CMR art. 6(1)(a).</summary>
internal static class IssueRules
{
    /// <summary>A note's date has no zone: it may already be tomorrow where the note is made out.</summary>
    private const int DaysAheadMax = 1;

    public static void DateAndPlaceArePresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        var required = note.Requires(Particulars.Issue);
        if (note.Issue?.Date is { } date)
        {
            var today = DateOnly.FromDateTime(context.ReceivedAt.UtcDateTime);
            if (date.DayNumber > today.DayNumber + DaysAheadMax)
            {
                findings.Add(new(RuleCodes.Issue, Severity.Error, "issue.date",
                    "The date of the note must not be later than tomorrow."));
            }
        }
        else if (required)
        {
            findings.Add(new(RuleCodes.Issue, Severity.Error, "issue.date", "State the date of the note."));
        }

        if (required && string.IsNullOrWhiteSpace(note.Issue?.Place))
        {
            findings.Add(new(RuleCodes.Issue, Severity.Error, "issue.place",
                "State the place where the note was made out."));
        }
    }
}
