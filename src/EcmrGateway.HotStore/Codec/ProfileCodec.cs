using System.Runtime.InteropServices;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using Google.Protobuf;
using Wire = Ecmr.Scores.V1;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Profiles to the bytes of ecmr.scores.v1 and back. The same profile gives the same bytes.</summary>
/// <remarks>The subjects of a check are left out, as the profiles leave them out.</remarks>
/// <exception cref="InvalidDataException">From every reading member: not such a message.</exception>
public static class ProfileCodec
{
    /// <summary>Of the bytes of profiles and assessments. Content of another format is not gone on with.</summary>
    public const int Format = 6;

    public static byte[] Write(CarrierProfile profile) =>
        new Wire.CarrierProfile { Checks = { profile.Checks.Select(Check) } }.ToByteArray();

    public static byte[] Write(HotConsignor consignor)
    {
        var notes = consignor.Profile.Notes;
        var rows = Rows.New<NoteRow>(notes.Count, out var bytes);
        for (var index = 0; index < rows.Length; index++)
        {
            var note = notes[index];
            rows[index] = new(note.Position, note.ReceivedMs, note.Warnings, note.Late);
        }

        var wire = new Wire.ConsignorProfile { Notes = bytes };
        if (consignor.AssessedPoints is { } points)
        {
            wire.AssessedPoints = points;
        }

        return wire.ToByteArray();
    }

    public static byte[] Write(HotVehicle vehicle)
    {
        var wire = new Wire.VehicleProfile { Checks = { vehicle.Profile.Checks.Select(Check) } };
        var texts = new TextTable(wire.Texts);
        MovementCodec.Write(wire, vehicle.Profile.Movements, texts);
        var rows = Rows.New<RankedRow>(vehicle.Ranked.Count, out var ranked);
        for (var index = 0; index < rows.Length; index++)
        {
            var one = vehicle.Ranked[index];
            rows[index] = new(texts.PlaceOf(one.Area), one.FirstHour, one.LastHour, one.Points);
        }

        wire.Ranked = ranked;
        return wire.ToByteArray();
    }

    public static CarrierProfile ReadCarrier(ReadOnlyMemory<byte> bytes)
    {
        var wire = Messages.Parse(Wire.CarrierProfile.Parser, bytes);
        return new([.. wire.Checks.Select(Check)]);
    }

    public static HotConsignor ReadConsignor(ReadOnlyMemory<byte> bytes)
    {
        var wire = Messages.Parse(Wire.ConsignorProfile.Parser, bytes);
        var rows = Rows.Read<NoteRow>(wire.Notes);
        var notes = new NoteSummary[rows.Length];
        for (var index = 0; index < rows.Length; index++)
        {
            ref readonly var row = ref rows[index];
            notes[index] = new(row.Position, row.ReceivedMs, row.Late, row.Warnings);
        }

        return new(new(notes), wire.HasAssessedPoints ? wire.AssessedPoints : null);
    }

    public static HotVehicle ReadVehicle(ReadOnlyMemory<byte> bytes)
    {
        var wire = Messages.Parse(Wire.VehicleProfile.Parser, bytes);
        return new(
            new(MovementCodec.Read(wire), wire.Checks.Count == 0 ? [] : [.. wire.Checks.Select(Check)]),
            Ranked(wire));
    }

    private static RankedPassage[] Ranked(Wire.VehicleProfile wire)
    {
        var rows = Rows.Read<RankedRow>(wire.Ranked);
        var ranked = new RankedPassage[rows.Length];
        for (var index = 0; index < rows.Length; index++)
        {
            ref readonly var row = ref rows[index];
            ranked[index] = new(TextTable.At(wire.Texts, row.Area), row.FirstHour, row.LastHour, row.Points);
        }

        return ranked;
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

    /// <summary>As in ecmr.scores.v1.ConsignorProfile.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct NoteRow(long Position, long ReceivedMs, int Warnings, bool Late);

    /// <summary>As in ecmr.scores.v1.VehicleProfile.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct RankedRow(int Area, int FirstHour, int LastHour, int Points);
}
