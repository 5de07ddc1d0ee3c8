using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>The subjects of a note's fact that are columns of its row: most notes have no others.</summary>
/// <param name="VehicleMilliseconds">Event time of the vehicle; that of the consignor is the note's reception.</param>
internal readonly record struct FactSubjects(Guid? Vehicle, long? VehicleMilliseconds, Guid? Consignor)
{
    /// <returns>Those of an entry that fit, and the others.</returns>
    public static (FactSubjects First, List<SubjectTime> Others) Of(EntryDraft draft)
    {
        FactSubjects first = default;
        List<SubjectTime> others = [];
        var hasColumns = draft.Kind is EntryKind.Note && !draft.Fact.IsEmpty;
        var received = draft.ReceivedTime.ToUnixTimeMilliseconds();
        foreach (var subject in SubjectTime.Of(draft))
        {
            if (hasColumns && subject.Kind is SubjectKind.Vehicle && first.Vehicle is null)
            {
                first = first with
                {
                    Vehicle = SubjectColumn.Of(subject.Subject),
                    VehicleMilliseconds = subject.EventMilliseconds,
                };
            }
            else if (hasColumns && subject.Kind is SubjectKind.Consignor && first.Consignor is null
                && subject.EventMilliseconds == received)
            {
                first = first with { Consignor = SubjectColumn.Of(subject.Subject) };
            }
            else
            {
                others.Add(subject);
            }
        }

        return (first, others);
    }
}
