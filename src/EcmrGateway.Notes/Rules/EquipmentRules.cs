using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>Identifiers of equipment, ISO 6346.</summary>
internal static class EquipmentRules
{
    private const string ContainerCategory = "CN";

    public static void ContainersAreValid(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        for (var index = 0; index < note.Equipment.Length; index++)
        {
            var equipment = note.Equipment[index];
            if (Check(equipment) is { } problem)
            {
                findings.Add(new(RuleCodes.Container, problem.Severity, $"equipment[{index}].id", problem.Message));
            }
        }
    }

    // Only a container must have a number of ISO 6346; what looks like one is checked too, and only reported.
    private static (Severity Severity, string Message)? Check(TransportEquipment equipment)
    {
        Span<char> buffer = stackalloc char[Iso6346.Length];
        var id = Iso6346.Normalise(equipment.Id, buffer);
        var isContainer = equipment.CategoryCode == ContainerCategory;
        if (!Iso6346.HasForm(id) || (isContainer && !Iso6346.IsContainer(id)))
        {
            return isContainer
                ? (Severity.Error, "A container has four letters, the last of them U, J or Z, and seven digits.")
                : null;
        }

        if (!Iso6346.CheckDigitHolds(id))
        {
            return (isContainer ? Severity.Error : Severity.Warning, "The check digit does not fit the others.");
        }

        return Iso6346.IsToBeAvoided(id)
            ? (Severity.Warning, "The number has remainder ten, which owners are to avoid: look again.")
            : null;
    }
}
