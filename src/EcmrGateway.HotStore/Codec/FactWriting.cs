using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using Google.Protobuf;
using Wire = Ecmr.Facts.V1;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Notes and movements of a profile in the form of the fact they come from.</summary>
/// <remarks>
/// What no score reads is left out: the note's other movements, how a point was found, and which trailers they are
/// (their number stays). Reading gives back exactly what was written.
/// </remarks>
internal static class FactWriting
{
    public static Wire.NoteRecorded Note(NoteFact note)
    {
        var wire = new Wire.NoteRecorded
        {
            ReceivedMs = note.ReceivedMs,
            Carrier = SubjectBytes.Write(note.Carrier),
            Consignor = SubjectBytes.Write(note.Consignor),
            PackageCount = note.PackageCount,
            WarningCodes = { note.WarningCodes },
            DangerousGoods = note.DangerousGoods is { } load ? Load(load) : null,
            Waste = note.Waste,
        };
        if (note.GrossMassG is { } mass)
        {
            wire.GrossMassG = mass;
        }

        if (note.IssuedMs is { } issued)
        {
            wire.IssuedMs = issued;
        }

        return wire;
    }

    public static Wire.Movement Movement(Movement movement)
    {
        var wire = new Wire.Movement
        {
            Leg = movement.Leg,
            Vehicle = SubjectBytes.Write(movement.Vehicle),
            Trailers = { Enumerable.Repeat(ByteString.Empty, movement.Trailers) },
            Carrier = SubjectBytes.Write(movement.Carrier),
            Ended = movement.Ended,
            FirstPoint = Point(movement.First),
            LastPoint = Point(movement.Last),
            MaxMassKg = movement.MaxMassKg,
            Axles = movement.Axles,
        };
        if (movement.StartMs is { } start)
        {
            wire.StartMs = start;
        }

        if (movement.EndMs is { } end)
        {
            wire.EndMs = end;
        }

        return wire;
    }

    private static Wire.DangerousGoodsLoad Load(DangerousGoodsLoad load)
    {
        var wire = new Wire.DangerousGoodsLoad
        {
            Lines =
            {
                load.Lines.Select(line => new Wire.DangerousGoodsLine
                {
                    UnNumber = line.UnNumber,
                    TransportCategory = line.TransportCategory,
                    QuantityMilli = line.QuantityMilli,
                    LimitedOrExcepted = line.LimitedOrExcepted,
                }),
            },
            Discrepancies =
            {
                load.Discrepancies.Select(one => new Wire.DangerousGoodsDiscrepancy
                {
                    Kind = (Wire.DangerousGoodsDiscrepancyKind)one.Kind,
                    UnNumber = one.UnNumber,
                }),
            },
        };
        if (load.Indicator is { } indicator)
        {
            wire.Indicator = indicator;
        }

        return wire;
    }

    private static Wire.Point? Point(GeoPoint? point) => point is not { } present
        ? null
        : new()
        {
            LatitudeCentidegrees = present.LatitudeCentidegrees,
            LongitudeCentidegrees = present.LongitudeCentidegrees,
        };
}
