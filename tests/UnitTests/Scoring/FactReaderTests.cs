using Ecmr.Facts.V1;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Streaming;
using Google.Protobuf;
using Xunit;
using DangerousGoodsDiscrepancy = Ecmr.Facts.V1.DangerousGoodsDiscrepancy;
using DangerousGoodsLine = Ecmr.Facts.V1.DangerousGoodsLine;
using Infringement = Ecmr.Facts.V1.Infringement;
using Movement = Ecmr.Facts.V1.Movement;

namespace EcmrGateway.UnitTests.Scoring;

public sealed class FactReaderTests
{
    private static readonly SubjectId One = new(1);
    private static readonly SubjectId Two = new(2);

    [Fact]
    public void Reads_every_field_of_a_note()
    {
        var read = Assert.IsType<ScoringFact.OfNote>(Read(new() { Note = Note() }));

        Assert.Equal(
            new NoteFact
            {
                Position = 77,
                ReceivedMs = 1000,
                Carrier = One,
                Consignor = Two,
                GrossMassG = 25,
                PackageCount = 3,
                WarningCodes = ["A", "B"],
                IssuedMs = 900,
                DangerousGoods = new(
                    [new(1202, "3", 5000, true)], false, [new(DiscrepancyKind.Label, 1202)]),
                Waste = true,
            },
            read.Note);
        var movement = Assert.Single(read.Movements);
        Assert.Equal(
            new EcmrGateway.Risk.Movements.Movement
            {
                Position = 77,
                Leg = 1,
                Vehicle = Two,
                Carrier = One,
                StartMs = 10,
                EndMs = 20,
                Ended = true,
                First = new GeoPoint(-5100, 400),
                Last = new GeoPoint(5200, -500),
                MaxMassKg = 40_000,
                Axles = 5,
                Trailers = 2,
            },
            movement);
    }

    [Fact]
    public void Keeps_unknown_apart_from_zero()
    {
        var note = new NoteRecorded { Movements = { new Movement { Vehicle = Bytes(1) } } };

        var read = Assert.IsType<ScoringFact.OfNote>(Read(new() { Note = note }));

        Assert.Null(read.Note.Carrier);
        Assert.Null(read.Note.GrossMassG);
        Assert.Null(read.Note.IssuedMs);
        Assert.Null(read.Note.DangerousGoods);
        Assert.Null(read.Movements[0].StartMs);
        Assert.Null(read.Movements[0].EndMs);
        Assert.Null(read.Movements[0].First);
    }

    [Fact]
    public void Reads_an_inspection_with_infringements_in_order_each_pair_once()
    {
        var check = new InspectionReported
        {
            InspectedMs = 5,
            Vehicle = Bytes(2),
            Place = CheckPlace.Premises,
            VehiclesChecked = 4,
            Infringements =
            {
                Infringement(4, 2, 1), Infringement(1, 3, 2), Infringement(4, 2, 5), Infringement(1, 1, 1),
            },
        };

        var read = Assert.IsType<ScoringFact.OfCheck>(Read(new() { Inspection = check })).Check;

        Assert.Equal((77, 5, null, Two, true, 4),
            (read.Position, read.InspectedMs, read.Carrier, read.Vehicle!.Value, read.Premises, read.VehiclesChecked));
        Assert.Equal(
            [(1, 1, 1), (1, 3, 2), (4, 2, 6)],
            read.Infringements.Select(one => ((int)one.Domain, (int)one.Class, one.Count)));
    }

    [Fact]
    public void A_check_without_a_number_of_vehicles_is_of_one() =>
        Assert.Equal(
            1, Assert.IsType<ScoringFact.OfCheck>(Read(new() { Inspection = new() })).Check.VehiclesChecked);

    public static TheoryData<Fact> Unreadable =>
    [
        new Fact(),
        new Fact { Note = new() { Carrier = ByteString.CopyFrom(1, 2, 3) } },
        new Fact { Note = new() { Movements = { new Movement() } } },
        new Fact { Note = new() { DangerousGoods = new() { Discrepancies = { new DangerousGoodsDiscrepancy() } } } },
        new Fact { Inspection = new() { VehiclesChecked = -1 } },
        new Fact { Inspection = new() { Infringements = { Infringement(8, 1, 1) } } },
        new Fact { Inspection = new() { Infringements = { Infringement(1, 0, 1) } } },
        new Fact { Inspection = new() { Infringements = { Infringement(1, 1, 0) } } },
        new Fact
        {
            Inspection = new() { Infringements = { Infringement(1, 1, int.MaxValue), Infringement(1, 1, 1) } },
        },
    ];

    [Theory]
    [MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public void Says_that_a_fact_cannot_be_read(Fact fact) =>
        Assert.Throws<InvalidDataException>(() => Read(fact));

    [Fact]
    public void A_history_goes_on_after_what_cannot_be_read() =>
        Assert.Single(FactReader.ReadHistory([Streamed(new Fact()), Streamed(new() { Note = Note() })]));

    /// <remarks>A newer program adds fields before all consumers are replaced.</remarks>
    [Fact]
    public void A_field_that_is_not_known_is_passed_over()
    {
        // Field 900, a text, at the end of the fact and of the note in it.
        byte[] unknown = [0xA2, 0x38, 0x05, .. "later"u8];
        byte[] note = [.. Note().ToByteArray(), .. unknown];
        var newer = new Fact { Note = NoteRecorded.Parser.ParseFrom(note) };
        newer.MergeFrom(unknown);

        Assert.True(newer.CalculateSize() > new Fact { Note = Note() }.CalculateSize() + unknown.Length);
        Assert.Equivalent(Read(new() { Note = Note() }), Read(newer), strict: true);
    }

    private static ScoringFact Read(Fact fact) => FactReader.Read(Streamed(fact));

    private static StreamedFact Streamed(Fact fact) => new(77, DateTimeOffset.UnixEpoch, fact, "");

    private static NoteRecorded Note() => new()
    {
        ReceivedMs = 1000,
        Carrier = Bytes(1),
        Consignor = Bytes(2),
        GrossMassG = 25,
        PackageCount = 3,
        WarningCodes = { "A", "B" },
        IssuedMs = 900,
        DangerousGoods = new()
        {
            Indicator = false,
            Lines =
            {
                new DangerousGoodsLine
                {
                    UnNumber = 1202, TransportCategory = "3", QuantityMilli = 5000, LimitedOrExcepted = true,
                },
            },
            Discrepancies =
            {
                new DangerousGoodsDiscrepancy { Kind = DangerousGoodsDiscrepancyKind.Label, UnNumber = 1202 },
            },
        },
        Waste = true,
        Movements =
        {
            new Movement
            {
                Leg = 1,
                Vehicle = Bytes(2),
                Trailers = { Bytes(8), Bytes(9) },
                Carrier = Bytes(1),
                StartMs = 10,
                EndMs = 20,
                Ended = true,
                FirstPoint = new() { LatitudeCentidegrees = -5100, LongitudeCentidegrees = 400 },
                LastPoint = new() { LatitudeCentidegrees = 5200, LongitudeCentidegrees = -500 },
                MaxMassKg = 40_000,
                Axles = 5,
            },
        },
    };

    private static Infringement Infringement(int domain, int @class, int count) => new()
    {
        Domain = (Ecmr.Facts.V1.InfringementDomain)domain,
        Class = (Ecmr.Facts.V1.InfringementClass)@class,
        Count = count,
    };

    private static ByteString Bytes(byte last) => ByteString.CopyFrom([.. new byte[15], last]);
}
