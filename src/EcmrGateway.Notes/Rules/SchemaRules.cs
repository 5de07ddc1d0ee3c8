using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>What the schema says and a single field cannot show.</summary>
internal static class SchemaRules
{
    public static void NoteIsNoDraft(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (note.Status == NoteStatus.Draft)
        {
            findings.Add(new(RuleCodes.NotAsSchema, Severity.Error, "status",
                "A draft is not accepted: submit the note once the sender has issued it."));
        }
    }

    public static void LineNumbersAreUnique(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        for (var index = 1; index < note.Items.Length; index++)
        {
            var number = NumberOf(note, index);
            for (var earlier = 0; earlier < index; earlier++)
            {
                if (NumberOf(note, earlier) == number)
                {
                    findings.Add(new(RuleCodes.NotAsSchema, Severity.Error, $"items[{index}].line_no",
                        "The number of a line is unique on the note."));
                    break;
                }
            }
        }
    }

    private static int NumberOf(ConsignmentNote note, int index) =>
        note.Items[index].LineNo == 0 ? index + 1 : note.Items[index].LineNo;
}
