using Ecmr.Facts.V1;
using Ecmr.Inspection.V1;
using Ecmr.Note.V1;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;

namespace EcmrGateway.Inspection.Reveal;

/// <summary>Finds what a vehicle's pseudonym stands for: the registration on its newest note.</summary>
internal sealed class VehicleReveal(INoteLedger ledger)
{
    /// <returns>Null: no note names such a vehicle.</returns>
    public async Task<RevealedVehicle?> FindAsync(Pseudonym vehicle, CancellationToken cancellation)
    {
        var facts = await ledger.ReadSubjectAsync(
            new(SubjectKind.Vehicle, vehicle, EntryKind.Note, Since: null, Limit: 1), cancellation);
        if (facts.Count == 0 || await ledger.ReadAsync(facts[0].Position, cancellation) is not { } entry)
        {
            return null;
        }

        var wanted = vehicle.ToBytes();
        var movement = Fact.Parser.ParseFrom(facts[0].Fact.Span).Note.Movements
            .First(candidate => candidate.Vehicle.Span.SequenceEqual(wanted));
        return Write(vehicle, ConsignmentNote.Parser.ParseFrom(entry.Payload.Span).Legs[movement.Leg]);
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
