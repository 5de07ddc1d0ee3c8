using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Rules;

/// <summary>Registrations of vehicles and trailers. That they are readable was checked when they were read.</summary>
internal static class VehicleRules
{
    private const string Netherlands = "NL";

    private const int ForeignLengthMin = 2;

    private const int ForeignLengthMax = 10;

    public static void PlatesAreValid(ConsignmentNote note, in NoteRuleContext context, List<Finding> findings)
    {
        // A vehicle may be planned before its plate is known; it cannot leave without one.
        var required = note.TakingOver?.ActualTime is not null;
        for (var leg = 0; leg < note.Legs.Length; leg++)
        {
            if (note.Legs[leg].Vehicle is { } vehicle
                && Check(vehicle.Registration, vehicle.Country, required) is { } problem)
            {
                findings.Add(new(RuleCodes.Plate, problem.Severity, $"legs[{leg}].vehicle.plate", problem.Message));
            }

            var trailers = note.Legs[leg].Trailers;
            for (var index = 0; index < trailers.Length; index++)
            {
                if (Check(trailers[index].Registration, trailers[index].Country, required) is { } found)
                {
                    findings.Add(new(
                        RuleCodes.Plate, found.Severity, $"legs[{leg}].trailers[{index}].plate", found.Message));
                }
            }
        }
    }

    private static (Severity Severity, string Message)? Check(
        VehicleRegistration? registration, CountryCode? country, bool required)
    {
        if (registration is not { Normalised: var plate })
        {
            return required ? (Severity.Error, "The goods have been taken over: state the registration.") : null;
        }

        if (country?.Value == Netherlands)
        {
            return PlatePatterns.Match(Netherlands, plate)
                ? null
                : (Severity.Warning, "The registration has no form of a Dutch plate.");
        }

        return plate.Length is >= ForeignLengthMin and <= ForeignLengthMax
            ? null
            : (Severity.Warning, "A registration commonly has 2 to 10 letters and digits.");
    }
}
