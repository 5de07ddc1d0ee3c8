using EcmrGateway.Risk.Facts;
using EcmrGateway.Scoring.Read;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Subjects whose profiles take in one of the facts of a batch.</summary>
/// <param name="Carriers">Of inspections: a note does not enter its carrier's record.</param>
internal sealed record TouchedSubjects(
    HashSet<SubjectId> Carriers, HashSet<SubjectId> Consignors, HashSet<SubjectId> Vehicles)
{
    public static TouchedSubjects Of(IEnumerable<ScoringFact> facts)
    {
        var touched = new TouchedSubjects([], [], []);
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case ScoringFact.OfNote(var note, var movements):
                    AddTo(touched.Consignors, note.Consignor);
                    touched.Vehicles.UnionWith(movements.Select(movement => movement.Vehicle));
                    break;
                case ScoringFact.OfCheck(var check):
                    AddTo(touched.Carriers, check.Carrier);
                    AddTo(touched.Vehicles, check.Vehicle);
                    break;
            }
        }

        return touched;
    }

    public bool Overlaps(
        IReadOnlySet<SubjectId> carriers, IReadOnlySet<SubjectId> consignors, IReadOnlySet<SubjectId> vehicles) =>
        carriers.Overlaps(Carriers) || consignors.Overlaps(Consignors) || vehicles.Overlaps(Vehicles);

    private static void AddTo(HashSet<SubjectId> subjects, SubjectId? subject)
    {
        if (subject is { } present)
        {
            subjects.Add(present);
        }
    }
}
