namespace EcmrGateway.Ledger.Append;

/// <summary>A subject of an entry's fact, once, with the latest of its event times.</summary>
internal readonly record struct SubjectTime(SubjectKind Kind, UInt128 Subject, long EventMilliseconds)
{
    public static SubjectTime[] Of(EntryDraft draft)
    {
        var subjects = new SubjectTime[draft.Subjects.Count];
        var count = 0;
        for (var index = 0; index < subjects.Length; index++)
        {
            var subject = draft.Subjects[index];
            var time = new SubjectTime(subject.Kind, subject.Subject.Value, subject.EventTime.ToUnixTimeMilliseconds());
            var same = Array.FindIndex(
                subjects, 0, count, other => other.Kind == time.Kind && other.Subject == time.Subject);
            if (same < 0)
            {
                subjects[count++] = time;
            }
            else if (subjects[same].EventMilliseconds < time.EventMilliseconds)
            {
                // A vehicle on two legs is told once.
                subjects[same] = time;
            }
        }

        Array.Resize(ref subjects, count);
        return subjects;
    }
}
