using System.Text;
using Ecmr.Note.V1;
using EcmrGateway.Client.Json;
using EcmrGateway.Client.Sample;
using EcmrGateway.Ingress.Read;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Xunit;
using ServerCanonicalNote = EcmrGateway.Notes.Canonical.CanonicalNote;

namespace EcmrGateway.UnitTests.Client.Agreement;

/// <summary>
/// Client and server write the canonical form on their own, from the same description: the bytes must be equal.
/// </summary>
public sealed class CanonicalFormAgreementTests
{
    private static readonly DateTimeOffset Around = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Both_sides_write_sample_notes_alike()
    {
        var options = new SampleOptions { Count = 1000, WrongPercent = 0, Around = Around };

        Assert.All(new NoteGenerator(options).Notes(), AssertAlike);
    }

    [Theory]
    [InlineData("607.50")]
    [InlineData("0000607.500000")]
    [InlineData("0.0")]
    [InlineData("9999999999.999999")]
    public void Both_sides_write_decimals_alike(string value)
    {
        var note = Note();
        note.Items[0].GrossMass = new Measure { Value = value, Unit = "KGM" };

        AssertAlike(note);
    }

    [Theory]
    [InlineData("-18.0")]
    [InlineData("-0.0")]
    [InlineData("007")]
    public void Both_sides_write_temperatures_alike(string value)
    {
        var note = Note();
        note.Items[0].TemperatureMin = new Measure { Value = value, Unit = "CEL" };

        AssertAlike(note);
    }

    [Theory]
    [InlineData(51.9167005, 4.4999995)]
    [InlineData(-0.0000005, -0.0000004)]
    [InlineData(0.000001, -0.000001)]
    [InlineData(90, -180)]
    [InlineData(51.123456789, 4.987654321)]
    [InlineData(0, 4.5)]
    public void Both_sides_write_positions_alike(double latitude, double longitude)
    {
        var note = Note();
        note.TakingOver.Place.Coordinates = new Coordinates { Latitude = latitude, Longitude = longitude };

        AssertAlike(note);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(120_000_000)]
    [InlineData(120_000)]
    [InlineData(123_456_700)]
    [InlineData(1)]
    public void Both_sides_write_instants_alike(int nanos)
    {
        var note = Note();
        note.TakingOver.PlannedTime = new Moment
        {
            Time = new Timestamp { Seconds = 1_795_000_000, Nanos = nanos },
            UtcOffsetMinutes = 0,
        };

        AssertAlike(note);
    }

    [Theory]
    [InlineData("quote \" back \\ slash / bell \u0007 line\nfeed tab\t")]
    [InlineData("Łódź München 東京 \U0001F69A \u2028 \u007f")]
    [InlineData("<script>&amp;'</script>")]
    public void Both_sides_write_text_alike(string text)
    {
        var note = Note();
        note.OtherInstructions = text;

        AssertAlike(note);
    }

    [Fact]
    public void Both_sides_write_false_that_is_stated_and_leave_out_false_that_is_not()
    {
        var note = Note();
        note.DangerousGoodsIndicator = false;
        note.TransshipmentPermitted = false;
        note.TakingOver.Checked = false;
        note.ChargesAsAgreed = false;

        AssertAlike(note);
    }

    [Fact]
    public void Both_sides_write_parts_that_are_there_and_empty_alike()
    {
        var note = Note();
        note.Driver = new Driver();
        note.Forwarder = new Party { Address = new Address() };
        note.Delivery = new Delivery { Place = new Place() };
        note.Procedures = new ElectronicProcedures { Issuance = new Procedure() };

        AssertAlike(note);
    }

    [Fact]
    public void Both_sides_write_events_signatures_and_rare_parts_alike()
    {
        var note = Note();
        note.Events.Add(new NoteEvent { EventId = note.NoteId, Sequence = 1, Type = NoteEventType.Amended });
        note.Signatures.Add(new Signature { Level = SignatureLevel.Qseal, Value = Bytes(64) });
        note.Reservations.Add(new Reservation { Text = "wet", Grounds = "rain", AcceptedBySender = true });
        note.ReservationsComplete = true;
        note.Animals = new Animals { Species = "pigs", Count = 80, ExpectedDurationMinutes = 300 };
        note.Documents.Add(new AttachedDocument { SizeBytes = 9_007_199_254_740_993, Sha256 = Bytes(32) });
        note.Items[0].Waste = new Waste
        {
            Kind = WasteKind.Notified,
            LowCode = "160601*",
            StartDate = new Date { Year = 2026, Month = 2, Day = 3 },
        };
        note.Items[0].Regulated.Add(RegulatedGoods.Fgas);
        note.Items[0].DangerousGoods.Add(new DangerousGoods
        {
            UnNumber = "2915",
            Radioactive = new RadioactiveMaterial { Isotope = "Co-60" },
            Labels = { "7A" },
            Statements = { DangerousGoodsStatement.Hot },
        });

        AssertAlike(note);
    }

    private static ConsignmentNote Note()
    {
        var options = new SampleOptions
        {
            Count = 1,
            WrongPercent = 0,
            RiskScale = 0,
            Around = Around,
        };
        return new NoteGenerator(options).Create(0).Note;
    }

    private static ByteString Bytes(int count) =>
        ByteString.CopyFrom([.. Enumerable.Range(0, count).Select(i => (byte)(i * 7))]);

    private static void AssertAlike(ConsignmentNote note)
    {
        var read = NoteReader.Read(note);

        Assert.Empty(read.Findings);
        Assert.Equal(
            Encoding.UTF8.GetString(ServerCanonicalNote.Write(read.Note!)),
            Encoding.UTF8.GetString(CanonicalNote.Bytes(note)));
    }
}
