using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Places;
using Google.Protobuf;

namespace EcmrGateway.Ingress.Facts;

/// <summary>Writes the legs of a note as movements: pseudonyms, times and rounded positions.</summary>
internal sealed class MovementFacts(Pseudonymiser pseudonymiser, Locodes locodes)
{
    /// <summary>Positions are rounded to this many microdegrees: about 1 km, so that no address can be told.</summary>
    private const int MicrodegreesPerCentidegree = 10_000;

    /// <summary>Adds a movement for each leg with a vehicle, and the subjects that it is told of.</summary>
    public void Write(ConsignmentNote note, DateTimeOffset received, NoteRecorded fact, List<FactSubject> subjects)
    {
        for (var i = 0; i < note.Legs.Length; i++)
        {
            if (note.Legs[i].Vehicle is { Registration: { } registration } vehicle)
            {
                var pseudonym = pseudonymiser.Vehicle(registration.Normalised, vehicle.Country?.Value ?? "");
                var movement = Write(note, i, pseudonym);
                fact.Movements.Add(movement);
                subjects.Add(new(SubjectKind.Vehicle, pseudonym, EventTime(movement, received)));
                WriteTrailers(note.Legs[i], movement);
                WriteCarrier(note, note.Legs[i], fact, movement, received, subjects);
            }
        }
    }

    private Movement Write(ConsignmentNote note, int index, Pseudonym vehicle)
    {
        var leg = note.Legs[index];
        var isFirst = index == 0;
        var isLast = index == note.Legs.Length - 1;
        var start = (isFirst ? note.TakingOver?.ActualTime : null)
            ?? leg.StartTime ?? (isFirst ? note.TakingOver?.PlannedTime : null);
        var delivered = isLast ? note.Delivery?.ActualTime : null;
        var end = delivered ?? leg.EndTime ?? (isLast ? note.Delivery?.PlannedTime : null);
        var movement = new Movement
        {
            Leg = index,
            Vehicle = Bytes(vehicle),
            Ended = delivered is not null,
            FirstPoint = Point(leg.From ?? (isFirst ? note.TakingOver?.Place : null)),
            LastPoint = Point(leg.To ?? (isLast ? note.Delivery?.Place : null)),
            MaxMassKg = Math.Max(0, leg.Vehicle!.MaxMassKg),
            Axles = Math.Max(0, leg.Vehicle.Axles),
        };
        if (start is { } from)
        {
            movement.StartMs = from.Time.ToUnixTimeMilliseconds();
        }

        if (end is { } until)
        {
            movement.EndMs = until.Time.ToUnixTimeMilliseconds();
        }

        return movement;
    }

    private void WriteTrailers(Leg leg, Movement movement)
    {
        foreach (var trailer in leg.Trailers)
        {
            if (trailer.Registration is { } registration)
            {
                var pseudonym = pseudonymiser.Trailer(registration.Normalised, trailer.Country?.Value ?? "");
                movement.Trailers.Add(Bytes(pseudonym));
            }
        }
    }

    /// <summary>A leg may be driven by another carrier than the one that contracts.</summary>
    private void WriteCarrier(
        ConsignmentNote note, Leg leg, NoteRecorded fact, Movement movement, DateTimeOffset received,
        List<FactSubject> subjects)
    {
        var driving = note.Carriers.FirstOrDefault(
            carrier => carrier.Sequence == leg.CarrierSequence && leg.CarrierSequence > 0);
        if (PartyPseudonyms.Of(pseudonymiser, SubjectKind.Carrier, driving?.Party) is { } carrier
            && Bytes(carrier) is var bytes && bytes != fact.Carrier)
        {
            movement.Carrier = bytes;
            subjects.Add(new(SubjectKind.Carrier, carrier, EventTime(movement, received)));
        }
    }

    private Point? Point(Place? place)
    {
        if (place is null || PlaceLocator.Locate(place, locodes) is not { } located)
        {
            return null;
        }

        return new Point
        {
            LatitudeCentidegrees = Round(located.Position.LatitudeMicrodegrees),
            LongitudeCentidegrees = Round(located.Position.LongitudeMicrodegrees),
            Source = (PointSource)located.Source,
        };
    }

    /// <summary>
    /// When a movement happens, in the order of its vehicle's history: its start, else its end, else now.
    /// </summary>
    public static DateTimeOffset EventTime(Movement movement, DateTimeOffset received) =>
        movement.HasStartMs ? DateTimeOffset.FromUnixTimeMilliseconds(movement.StartMs)
        : movement.HasEndMs ? DateTimeOffset.FromUnixTimeMilliseconds(movement.EndMs)
        : received;

    public static ByteString Bytes(Pseudonym pseudonym) => UnsafeByteOperations.UnsafeWrap(pseudonym.ToBytes());

    private static int Round(int microdegrees) =>
        (int)Math.Round((double)microdegrees / MicrodegreesPerCentidegree, MidpointRounding.AwayFromZero);
}
