using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>UN/LOCODEs of all places. Their form was checked when they were read.</summary>
internal static class LocodeRules
{
    public static void CodesExist(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        for (var index = 0; index < note.BorderCrossings.Length; index++)
        {
            if (IsWrong(note.BorderCrossings[index]))
            {
                Report(note.BorderCrossings[index], $"border_crossings[{index}]", findings);
            }
        }

        for (var index = 0; index < note.Carriers.Length; index++)
        {
            if (note.Carriers[index].Handover?.Place is { } place && IsWrong(place))
            {
                Report(place, $"carriers[{index}].handover.place", findings);
            }
        }

        Check(note.TakingOver?.Place, "taking_over.place", findings);
        Check(note.Delivery?.Place, "delivery.place", findings);
        for (var index = 0; index < note.Legs.Length; index++)
        {
            if (note.Legs[index].From is { } from && IsWrong(from))
            {
                Report(from, $"legs[{index}].from", findings);
            }

            if (note.Legs[index].To is { } to && IsWrong(to))
            {
                Report(to, $"legs[{index}].to", findings);
            }
        }

        for (var index = 0; index < note.Events.Length; index++)
        {
            if (note.Events[index].Place is { } place && IsWrong(place))
            {
                Report(place, $"events[{index}].place", findings);
            }
        }
    }

    private static void Check(Place? place, string field, List<Finding> findings)
    {
        if (place is not null && IsWrong(place))
        {
            Report(place, field, findings);
        }
    }

    private static bool IsWrong(Place place) =>
        place.Locode is { } locode && (Contradicts(place, locode) || LocodeList.Exists(locode) == false);

    private static bool Contradicts(Place place, Locode locode) =>
        place.Address?.Country is { } country && country != locode.Country;

    // The list has editions and ours lags: a place that it lacks may be a new one.
    private static void Report(Place place, string field, List<Finding> findings) => findings.Add(
        place.Locode is { } locode && Contradicts(place, locode)
            ? new(RuleCodes.Locode, Severity.Error, $"{field}.locode",
                "The country of the UN/LOCODE is not the country of the address.")
            : new(RuleCodes.Locode, Severity.Warning, $"{field}.locode",
                "The UN/LOCODE is not in the edition of the list that is used here."));
}
