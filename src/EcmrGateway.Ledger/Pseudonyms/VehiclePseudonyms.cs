using EcmrGateway.Notes.CodeLists;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Ledger.Pseudonyms;

/// <summary>From a registration as read by a camera or by eye to the pseudonym that facts carry.</summary>
public sealed class VehiclePseudonyms(Pseudonymiser pseudonymiser)
{
    /// <returns>Null: not readable as a registration, or no such country.</returns>
    public Pseudonym? Of(string plate, string country) =>
        CountryCode.TryParse(country, out var known) && VehicleRegistration.TryParse(plate, known, out var registration)
            ? pseudonymiser.Vehicle(registration.Normalised, known.Value)
            : null;

    /// <summary>The vehicles that a registration may belong to when its country is not known: one for each country with
    /// plates of its own, and one for notes that state none.</summary>
    /// <returns>Empty: not readable as a registration.</returns>
    public IReadOnlyCollection<Pseudonym> Candidates(string plate)
    {
        var candidates = new HashSet<Pseudonym>();
        foreach (var country in PlateCountries.All)
        {
            if (VehicleRegistration.TryParse(plate, country, out var registration))
            {
                candidates.Add(pseudonymiser.Vehicle(registration.Normalised, country.Value));
            }
        }

        if (VehicleRegistration.TryParse(plate, country: null, out var anywhere))
        {
            candidates.Add(pseudonymiser.Vehicle(anywhere.Normalised, ""));
            foreach (var country in PlateCountries.All)
            {
                candidates.Add(pseudonymiser.Vehicle(anywhere.Normalised, country.Value));
            }
        }

        return candidates;
    }
}
