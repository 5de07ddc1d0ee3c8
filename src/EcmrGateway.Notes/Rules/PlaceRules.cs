using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Places;

namespace EcmrGateway.Notes.Rules;

/// <summary>Taking over of the goods and place designated for delivery: CMR art. 6(1)(d).</summary>
internal static class PlaceRules
{
    public static void TakingOverIsPresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (!note.Requires(Particulars.TakingOver))
        {
            return;
        }

        IsComplete(note.TakingOver?.Place, "taking_over.place", RuleCodes.TakingOver, findings);
        if ((note.TakingOver?.ActualTime ?? note.TakingOver?.PlannedTime) is null)
        {
            findings.Add(new(RuleCodes.TakingOver, Severity.Error, "taking_over.planned_time",
                "State when the carrier takes over the goods: planned or actual."));
        }
    }

    public static void DeliveryIsPresent(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        if (note.Requires(Particulars.Delivery))
        {
            IsComplete(note.Delivery?.Place, "delivery.place", RuleCodes.Delivery, findings);
        }
    }

    /// <summary>Inspectors see a vehicle where its places put it; without them it is in no area.</summary>
    public static void PlacesAreLocated(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        IsLocated(note.TakingOver?.Place, "taking_over.place", context.KnownPlaces, findings);
        IsLocated(note.Delivery?.Place, "delivery.place", context.KnownPlaces, findings);
    }

    private static void IsLocated(Place? place, string field, Locodes locodes, List<Finding> findings)
    {
        if (place is not null && PlaceLocator.Locate(place, locodes) is null)
        {
            findings.Add(new(RuleCodes.NotLocated, Severity.Warning, field,
                "The place cannot be found on the map: state its coordinates or its UN/LOCODE."));
        }
    }

    private static void IsComplete(Place? place, string field, string code, List<Finding> findings)
    {
        if (place is null || !SaysWhere(place))
        {
            findings.Add(new(code, Severity.Error, field, "State the place: UN/LOCODE, name, city or coordinates."));
        }
        else if (place.Country is null)
        {
            findings.Add(new(code, Severity.Error, $"{field}.address.country", "State the country of the place."));
        }
    }

    private static bool SaysWhere(Place place) =>
        place.Locode is not null
        || place.Coordinates is not null
        || !string.IsNullOrWhiteSpace(place.Name)
        || !string.IsNullOrWhiteSpace(place.Address?.City);
}
