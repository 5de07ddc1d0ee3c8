using Ecmr.Inspection.V1;
using Ecmr.Note.V1;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;

namespace EcmrGateway.Inspection.Reveal;

/// <summary>Finds what a vehicle's pseudonym stands for: the registration on its newest note that is not erased.
/// </summary>
internal sealed class VehicleReveal(INoteLedger ledger)
{
    /// <summary>Notes that are looked at: more than one only where the newer ones were erased or damaged.</summary>
    private const int NotesMax = 32;

    /// <returns>Null: no note names such a vehicle, or the newest are erased or cannot be read.</returns>
    public async Task<RevealedVehicle?> FindAsync(Pseudonym vehicle, CancellationToken cancellation)
    {
        var wanted = vehicle.ToBytes();
        foreach (var fact in await ledger.ReadSubjectAsync(
            new(SubjectKind.Vehicle, vehicle, EntryKind.Note, Since: null, NotesMax), cancellation))
        {
            if (NoteFact.Of(fact) is { } note
                && await ledger.ReadAsync(fact.Position, cancellation) is { IsErased: false } entry)
            {
                var movement = note.Movements.First(candidate => candidate.Vehicle.Span.SequenceEqual(wanted));
                return Write(vehicle, ConsignmentNote.Parser.ParseFrom(entry.Payload.Span).Legs[movement.Leg]);
            }
        }

        return null;
    }

    private static RevealedVehicle Write(Pseudonym vehicle, Leg leg)
    {
        var revealed = new RevealedVehicle
        {
            Vehicle = vehicle.ToString(),
            Plate = leg.Vehicle.Plate,
            Country = leg.Vehicle.Country,
        };
        revealed.Trailers.AddRange(leg.Trailers.Select(
            trailer => new RevealedTrailer { Plate = trailer.Plate, Country = trailer.Country }));
        return revealed;
    }
}
