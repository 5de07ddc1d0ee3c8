using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>What has happened lies in the past, and in order: issue, taking over, delivery.</summary>
internal static class TimeRules
{
    /// <summary>Clocks of submitters may run ahead by this much.</summary>
    private static readonly TimeSpan ClockSkewMax = TimeSpan.FromMinutes(5);

    public static void TimesAreInOrder(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        var latest = context.ReceivedAt + ClockSkewMax;
        var (taken, delivered) = (note.TakingOver, note.Delivery);
        IsNotAhead(note.Issue?.Time, latest, "issue.time", findings);
        IsNotAhead(taken?.ActualTime, latest, "taking_over.actual_time", findings);
        IsNotAhead(taken?.ArrivedTime, latest, "taking_over.arrived_time", findings);
        IsNotAhead(taken?.DepartedTime, latest, "taking_over.departed_time", findings);
        IsNotAhead(delivered?.ActualTime, latest, "delivery.actual_time", findings);
        IsNotAhead(delivered?.ArrivedTime, latest, "delivery.arrived_time", findings);
        IsNotAhead(delivered?.DepartedTime, latest, "delivery.departed_time", findings);
        for (var index = 0; index < note.Carriers.Length; index++)
        {
            if (note.Carriers[index].Handover?.Time is { } handed && handed.Time > latest)
            {
                findings.Add(Ahead($"carriers[{index}].handover.time"));
            }
        }

        for (var index = 0; index < note.Events.Length; index++)
        {
            if (note.Events[index].Time is { } happened && happened.Time > latest)
            {
                findings.Add(Ahead($"events[{index}].time"));
            }
        }

        if (taken?.ActualTime is { } took && IsBeforeIssue(took, note.Issue))
        {
            findings.Add(new(RuleCodes.Times, Severity.Error, "taking_over.actual_time",
                "The goods cannot be taken over before the note is made out."));
        }

        if (delivered?.ActualTime is { } gave && taken?.ActualTime is { } earlier && gave.Time < earlier.Time)
        {
            findings.Add(new(RuleCodes.Times, Severity.Error, "delivery.actual_time",
                "The goods cannot be delivered before they are taken over."));
        }
    }

    // The date of a note has no zone; the taking over gets the latest date that it can have had where it was written.
    private static bool IsBeforeIssue(Moment takingOver, Issue? issue) =>
        issue?.Time is { } issued
            ? takingOver.Time < issued.Time
            : issue?.Date is { } date && takingOver.LatestLocalDate < date;

    private static void IsNotAhead(Moment? moment, DateTimeOffset latest, string field, List<Finding> findings)
    {
        if (moment is { } happened && happened.Time > latest)
        {
            findings.Add(Ahead(field));
        }
    }

    private static Finding Ahead(string field) =>
        new(RuleCodes.Times, Severity.Error, field, "What has happened cannot lie in the future.");
}
