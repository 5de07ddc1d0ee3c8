using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using Google.Protobuf;
using Facts = Ecmr.Facts.V1;
using Wire = Ecmr.Scores.V1;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Profiles to the bytes of ecmr.scores.v1 and back. The same profile gives the same bytes.</summary>
/// <remarks>The subjects of a check are left out, as the profiles leave them out.</remarks>
/// <exception cref="InvalidDataException">From every reading member: not such a message.</exception>
public static class ProfileCodec
{
    /// <summary>Of the bytes of profiles and assessments. Content of another format is not gone on with.</summary>
    public const int Format = 4;

    public static byte[] Write(CarrierProfile profile) =>
        new Wire.CarrierProfile { Checks = { profile.Checks.Select(Check) } }.ToByteArray();

    public static byte[] Write(HotConsignor consignor)
    {
        var profile = consignor.Profile;
        var count = profile.Notes.Count;
        var wire = new Wire.ConsignorProfile();
        if (consignor.AssessedPoints is { } points)
        {
            wire.AssessedPoints = points;
        }

        (wire.Positions.Capacity, wire.ReceivedMs.Capacity) = (count, count);
        (wire.Late.Capacity, wire.Warnings.Capacity) = (count, count);
        foreach (var note in profile.Notes)
        {
            wire.Positions.Add(note.Position);
            wire.ReceivedMs.Add(note.ReceivedMs);
            wire.Late.Add(note.Late);
            wire.Warnings.Add(note.Warnings);
        }

        return wire.ToByteArray();
    }

    public static byte[] Write(HotVehicle vehicle) => new Wire.VehicleProfile
    {
        Movements =
        {
            vehicle.Profile.Movements.Select(one => new Wire.MovementRecord
            {
                Position = one.Movement.Position,
                Leg = one.Movement.Leg,
                Movement = FactWriting.Movement(one.Movement).ToByteString(),
                Note = FactWriting.Note(one.Note).ToByteString(),
            }),
        },
        Checks = { vehicle.Profile.Checks.Select(Check) },
        Ranked =
        {
            vehicle.Ranked.Select(one => new Wire.RankedPassage
            {
                Area = one.Area,
                FirstHour = one.FirstHour,
                LastHour = one.LastHour,
                Points = one.Points,
            }),
        },
    }.ToByteArray();

    public static CarrierProfile ReadCarrier(ReadOnlyMemory<byte> bytes)
    {
        var wire = Messages.Parse(Wire.CarrierProfile.Parser, bytes);
        return new([.. wire.Checks.Select(Check)]);
    }

    public static HotConsignor ReadConsignor(ReadOnlyMemory<byte> bytes)
    {
        var wire = Messages.Parse(Wire.ConsignorProfile.Parser, bytes);
        var notes = new NoteSummary[wire.Positions.Count];
        if (wire.ReceivedMs.Count != notes.Length || wire.Late.Count != notes.Length
            || wire.Warnings.Count != notes.Length)
        {
            throw new InvalidDataException("The columns of a consignor's profile differ in length.");
        }

        for (var index = 0; index < notes.Length; index++)
        {
            notes[index] = new(
                wire.Positions[index], wire.ReceivedMs[index], wire.Late[index], wire.Warnings[index]);
        }

        return new(new(notes), wire.HasAssessedPoints ? wire.AssessedPoints : null);
    }

    public static HotVehicle ReadVehicle(ReadOnlyMemory<byte> bytes)
    {
        var wire = Messages.Parse(Wire.VehicleProfile.Parser, bytes);
        return new(
            new(
                [.. wire.Movements.Select(one => new VehicleMovement(
                    FactReading.Movement(Messages.Parse(Facts.Movement.Parser, one.Movement.Memory), one.Position),
                    FactReading.Note(Messages.Parse(Facts.NoteRecorded.Parser, one.Note.Memory), one.Position)))],
                [.. wire.Checks.Select(Check)]),
            [.. wire.Ranked.Select(one => new RankedPassage(one.Area, one.FirstHour, one.LastHour, one.Points))]);
    }

    private static Wire.CheckRecord Check(CheckFact check) => new()
    {
        Position = check.Position,
        InspectedMs = check.InspectedMs,
        Premises = check.Premises,
        VehiclesChecked = check.VehiclesChecked,
        Infringements =
        {
            check.Infringements.Select(one => new Wire.InfringementCount
            {
                Domain = (int)one.Domain,
                Class = (int)one.Class,
                Count = one.Count,
            }),
        },
    };

    private static CheckFact Check(Wire.CheckRecord check) => new(
        check.Position, check.InspectedMs, null, null, check.Premises, check.VehiclesChecked,
        [.. check.Infringements.Select(one => FactReading.Infringement(one.Domain, one.Class, one.Count))]);
}
