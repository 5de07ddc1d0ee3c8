using System.Runtime.InteropServices;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Profiles;
using Google.Protobuf.Collections;
using Wire = Ecmr.Scores.V1;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Movements of a vehicle and the notes behind them to rows of its profile and back.</summary>
/// <remarks>
/// What no score reads is left out: the note's other movements, how a point was found, and which trailers they are
/// (their number stays). Reading gives back exactly what was written.
/// </remarks>
internal static class MovementCodec
{
    /// <summary>Numbers as in ecmr.scores.v1.VehicleProfile.</summary>
    [Flags]
    private enum Known : byte
    {
        None = 0,
        Start = 1,
        End = 2,
        Ended = 4,
        First = 8,
        Last = 16,
        GrossMass = 32,
        Issued = 64,
        Waste = 128,
    }

    public static void Write(Wire.VehicleProfile wire, IReadOnlyList<VehicleMovement> movements, TextTable texts)
    {
        if (movements.Count == 0)
        {
            return;
        }

        var rows = Rows.New<MovementRow>(movements.Count, out var bytes);
        var subjects = new SubjectTable();
        var warnings = new List<int>();
        for (var index = 0; index < rows.Length; index++)
        {
            var note = movements[index].Note;
            rows[index] = Row(movements[index].Movement, note, subjects);
            foreach (var code in note.WarningCodes)
            {
                warnings.Add(texts.PlaceOf(code));
            }

            if (note.DangerousGoods is { } load)
            {
                wire.DangerousGoods.Add(new Wire.LoadOfMovement { Movement = index, Load = LoadWriting.Load(load) });
            }
        }

        wire.Vehicle = SubjectBytes.Write(movements[0].Movement.Vehicle);
        wire.Subjects = subjects.ToBytes();
        wire.Movements = bytes;
        wire.Warnings = Rows.Write(warnings);
    }

    /// <exception cref="InvalidDataException">These are not such rows.</exception>
    public static VehicleMovement[] Read(Wire.VehicleProfile wire)
    {
        var rows = Rows.Read<MovementRow>(wire.Movements);
        if (rows.IsEmpty)
        {
            return [];
        }

        var vehicle = SubjectBytes.Read(wire.Vehicle);
        var warnings = Rows.Read<int>(wire.Warnings);
        var loads = Loads(wire.DangerousGoods, rows.Length);
        var movements = new VehicleMovement[rows.Length];
        for (var index = 0; index < movements.Length; index++)
        {
            ref readonly var row = ref rows[index];
            movements[index] = new(
                Movement(row, vehicle, wire),
                Note(row, Warnings(Rows.Take(ref warnings, row.Warnings), wire), loads?[index], wire));
        }

        return movements;
    }

    private static MovementRow Row(Movement movement, NoteFact note, SubjectTable subjects) => new(
        movement.Position, movement.StartMs ?? 0, movement.EndMs ?? 0, note.ReceivedMs, note.IssuedMs ?? 0,
        note.GrossMassG ?? 0, subjects.PlaceOf(movement.Carrier), subjects.PlaceOf(note.Carrier),
        subjects.PlaceOf(note.Consignor), movement.Leg, note.PackageCount, note.WarningCodes.Count,
        movement.MaxMassKg, movement.Axles, movement.Trailers, movement.First.GetValueOrDefault(),
        movement.Last.GetValueOrDefault(), KnownOf(movement) | KnownOf(note));

    private static Known KnownOf(Movement movement) =>
        (movement.StartMs is null ? Known.None : Known.Start)
        | (movement.EndMs is null ? Known.None : Known.End)
        | (movement.Ended ? Known.Ended : Known.None)
        | (movement.First is null ? Known.None : Known.First)
        | (movement.Last is null ? Known.None : Known.Last);

    private static Known KnownOf(NoteFact note) =>
        (note.GrossMassG is null ? Known.None : Known.GrossMass)
        | (note.IssuedMs is null ? Known.None : Known.Issued)
        | (note.Waste ? Known.Waste : Known.None);

    private static Movement Movement(in MovementRow row, SubjectId vehicle, Wire.VehicleProfile wire) => new()
    {
        Position = row.Position,
        Leg = row.Leg,
        Vehicle = vehicle,
        Carrier = SubjectTable.At(wire.Subjects, row.Carrier),
        StartMs = row.Is(Known.Start) ? row.StartMs : null,
        EndMs = row.Is(Known.End) ? row.EndMs : null,
        Ended = row.Is(Known.Ended),
        First = row.Is(Known.First) ? row.First : null,
        Last = row.Is(Known.Last) ? row.Last : null,
        MaxMassKg = row.MaxMassKg,
        Axles = row.Axles,
        Trailers = row.Trailers,
    };

    private static NoteFact Note(
        in MovementRow row, string[] warnings, DangerousGoodsLoad? load, Wire.VehicleProfile wire) => new()
        {
            Position = row.Position,
            ReceivedMs = row.ReceivedMs,
            Carrier = SubjectTable.At(wire.Subjects, row.NoteCarrier),
            Consignor = SubjectTable.At(wire.Subjects, row.Consignor),
            GrossMassG = row.Is(Known.GrossMass) ? row.GrossMassG : null,
            PackageCount = row.PackageCount,
            WarningCodes = warnings,
            IssuedMs = row.Is(Known.Issued) ? row.IssuedMs : null,
            DangerousGoods = load,
            Waste = row.Is(Known.Waste),
        };

    private static string[] Warnings(ReadOnlySpan<int> places, Wire.VehicleProfile wire)
    {
        if (places.IsEmpty)
        {
            return [];
        }

        var codes = new string[places.Length];
        for (var index = 0; index < codes.Length; index++)
        {
            codes[index] = TextTable.At(wire.Texts, places[index]);
        }

        return codes;
    }

    /// <returns>Of each movement; null: none carries any.</returns>
    private static DangerousGoodsLoad?[]? Loads(RepeatedField<Wire.LoadOfMovement> wire, int count)
    {
        if (wire.Count == 0)
        {
            return null;
        }

        var loads = new DangerousGoodsLoad?[count];
        foreach (var one in wire)
        {
            if ((uint)one.Movement >= (uint)count)
            {
                throw new InvalidDataException($"There is no movement {one.Movement}.");
            }

            loads[one.Movement] = FactReading.Load(one.Load ?? new());
        }

        return loads;
    }

    /// <summary>As in ecmr.scores.v1.VehicleProfile.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct MovementRow(
        long Position, long StartMs, long EndMs, long ReceivedMs, long IssuedMs, long GrossMassG, int Carrier,
        int NoteCarrier, int Consignor, int Leg, int PackageCount, int Warnings, int MaxMassKg, int Axles, int Trailers,
        GeoPoint First, GeoPoint Last, Known Known)
    {
        public bool Is(Known known) => (Known & known) != 0;
    }
}
