using Ecmr.Note.V1;
using EcmrGateway.Ingress.Read;
using EcmrGateway.Notes.Rules;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.Ingress.Read;

public sealed class NoteReaderTests
{
    [Fact]
    public void Reads_a_note_with_every_field_without_a_finding()
    {
        var read = NoteReader.Read(FullNote.Build());

        Assert.Empty(read.Findings);
        Assert.Equal(607.5m, read.Note!.Items[0].GrossMass!.Value.Value);
        Assert.Equal("12ABC3", read.Note.Legs[0].Vehicle!.Registration!.Value.Normalised);
    }

    [Fact]
    public void Answers_an_absent_note_with_a_finding()
    {
        var read = NoteReader.Read(null);

        Assert.Null(read.Note);
        Assert.Equal(RuleCodes.NotReadable, Assert.Single(read.Findings).Code);
    }

    [Fact]
    public void Reports_every_fault_at_once_with_its_path()
    {
        var note = FullNote.Build();
        note.Items.Add(note.Items[0].Clone());
        note.Items.Add(note.Items[0].Clone());
        note.NoteId = "not a uuid";
        note.Items[2].GrossMass.Value = "six hundred";
        note.Items[1].DangerousGoods[0].UnNumber = "UN1203";
        note.Items[1].Marks[0] = new string('m', 71);
        note.Carriers[0].Handover.Reservations[0].Signature.SignedTime.Time = null;
        note.Legs[0].Vehicle.Plate = "---";

        var findings = NoteReader.Read(note).Findings;

        Assert.All(findings, finding => Assert.Equal(Severity.Error, finding.Severity));
        Assert.Equal(
            [
                ("FMT-001", "note_id"),
                ("FMT-001", "carriers[0].handover.reservations[0].signature.signed_time"),
                ("LIM-001", "items[1].marks[0]"),
                ("FMT-001", "items[1].dangerous_goods[0].un_number"),
                ("FMT-001", "items[2].gross_mass.value"),
                ("IDN-005", "legs[0].vehicle.plate"),
            ],
            findings.Select(finding => (finding.Code, finding.Field)));
    }

    [Fact]
    public void Refuses_unknown_fields_in_every_message()
    {
        byte[] unknown = [0xC0, 0x3E, 0x01]; // Field 1000, varint 1.
        foreach (var (path, find) in FullNote.Messages())
        {
            var note = FullNote.Build();
            find(note).MergeFrom(unknown);

            var finding = Assert.Single(NoteReader.Read(note).Findings);
            Assert.Equal(RuleCodes.UnknownField, finding.Code);
            Assert.True(path.StartsWith('.') || path.Length == 0);
        }
    }

    [Theory]
    [InlineData("607.5", true)]
    [InlineData("0", true)]
    [InlineData("9999999999.999999", true)]
    [InlineData("10000000000", false)]
    [InlineData("1.1234567", false)]
    [InlineData("-1", false)]
    [InlineData("1e3", false)]
    [InlineData("1,5", false)]
    [InlineData(".5", false)]
    [InlineData("5.", false)]
    [InlineData("", false)]
    [InlineData("٣", false)]
    public void Reads_decimals(string value, bool readable)
    {
        var note = FullNote.Build();
        note.Items[0].GrossMass.Value = value;

        Assert.Equal(readable, NoteReader.Read(note).Findings.Count == 0);
    }

    [Theory]
    [InlineData("KGM", null)]
    [InlineData("TNE", null)]
    [InlineData("GRM", null)]
    [InlineData("LTR", "items[0].gross_mass.unit")]
    [InlineData("kgm", "items[0].gross_mass.unit")]
    [InlineData("", "items[0].gross_mass.unit")]
    public void Reads_units_of_mass(string unit, string? field)
    {
        var note = FullNote.Build();
        note.Items[0].GrossMass.Unit = unit;

        var finding = NoteReader.Read(note).Findings.SingleOrDefault();
        Assert.Equal(field, finding.Field);
        Assert.Equal(field is null ? null : RuleCodes.Unit, finding.Code);
    }

    [Theory]
    [InlineData("H87", true)]
    [InlineData("PAL", true)] // Pascal, and no pallet; but a unit.
    [InlineData("05", false)] // Deleted.
    [InlineData("LDM", false)] // Never was one.
    public void Reads_units_of_quantity(string unit, bool known)
    {
        var note = FullNote.Build();
        note.Items[0].Quantity.Unit = unit;

        Assert.Equal(known, NoteReader.Read(note).Findings.Count == 0);
    }

    [Theory]
    [InlineData("-18", true)]
    [InlineData("-18.5", true)]
    [InlineData("--18", false)]
    public void Temperatures_may_be_below_zero(string value, bool readable)
    {
        var note = FullNote.Build();
        note.Items[0].TemperatureMin.Value = value;

        Assert.Equal(readable, NoteReader.Read(note).Findings.Count == 0);
    }

    [Theory]
    [InlineData(2026, 2, 28, true)]
    [InlineData(2026, 2, 29, false)]
    [InlineData(2028, 2, 29, true)]
    [InlineData(0, 0, 0, false)]
    [InlineData(9999, 12, 31, true)]
    [InlineData(10000, 1, 1, false)]
    [InlineData(2026, 13, 1, false)]
    [InlineData(2026, 1, -1, false)]
    public void Reads_dates(int year, int month, int day, bool readable)
    {
        var note = FullNote.Build();
        note.Issue.Date = new Date { Year = year, Month = month, Day = day };

        Assert.Equal(readable, NoteReader.Read(note).Findings.Count == 0);
    }

    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(-62_135_596_800, 0, -840, true)]
    [InlineData(253_402_300_799, 999_999_999, 840, true)]
    [InlineData(-62_135_596_801, 0, 0, false)]
    [InlineData(253_402_300_800, 0, 0, false)]
    [InlineData(0, -1, 0, false)]
    [InlineData(0, 1_000_000_000, 0, false)]
    [InlineData(0, 0, 841, false)]
    [InlineData(0, 0, int.MinValue, false)]
    [InlineData(long.MaxValue, 0, 0, false)]
    public void Reads_moments(long seconds, int nanos, int offset, bool readable)
    {
        var note = FullNote.Build();
        note.AgreedTimeLimit = new Moment
        {
            Time = new() { Seconds = seconds, Nanos = nanos },
            UtcOffsetMinutes = offset,
        };

        Assert.Equal(readable, NoteReader.Read(note).Findings.Count == 0);
    }

    [Theory]
    [InlineData(90, 180, true)]
    [InlineData(-90, -180, true)]
    [InlineData(90.0000001, 0, false)]
    [InlineData(0, 180.0001, false)]
    [InlineData(double.NaN, 0, false)]
    [InlineData(0, double.PositiveInfinity, false)]
    public void Reads_coordinates(double latitude, double longitude, bool readable)
    {
        var note = FullNote.Build();
        note.Delivery.Place.Coordinates = new Coordinates { Latitude = latitude, Longitude = longitude };

        Assert.Equal(readable, NoteReader.Read(note).Findings.Count == 0);
    }

    [Theory]
    [InlineData("NL", true)]
    [InlineData("GR", true)]
    [InlineData("EL", false)]
    [InlineData("UK", false)]
    [InlineData("nl", false)]
    [InlineData("N", false)]
    [InlineData("NLD", false)]
    public void Reads_countries(string country, bool known)
    {
        var note = FullNote.Build();
        note.Consignor.Address.Country = country;

        var codes = NoteReader.Read(note).Findings.Select(finding => (finding.Code, finding.Field));
        Assert.Equal(known ? [] : [(RuleCodes.Country, "consignor.address.country")], codes);
    }

    [Theory]
    [InlineData("NLRTM", true)]
    [InlineData("NL2LL", true)]
    [InlineData("NLR0M", false)]
    [InlineData("NLRT", false)]
    [InlineData("nlrtm", false)]
    [InlineData("XQRTM", false)]
    public void Reads_locodes(string locode, bool readable)
    {
        var note = FullNote.Build();
        note.Delivery.Place.Locode = locode;

        var codes = NoteReader.Read(note).Findings.Select(finding => (finding.Code, finding.Field));
        Assert.Equal(readable ? [] : [(RuleCodes.Locode, "delivery.place.locode")], codes);
    }

    [Theory]
    [InlineData("1203", true)]
    [InlineData("0004", true)]
    [InlineData("0000", false)]
    [InlineData("120", false)]
    [InlineData("12034", false)]
    public void Reads_un_numbers(string number, bool readable)
    {
        var note = FullNote.Build();
        note.Items[0].DangerousGoods[0].UnNumber = number;

        Assert.Equal(readable, NoteReader.Read(note).Findings.Count == 0);
    }

    [Fact]
    public void Note_ids_are_uuids_in_lower_case()
    {
        var note = FullNote.Build();
        foreach (var wrong in new[]
        {
            "", "01926D3A-5B1C-7C4E-9D2F-0123456789AB", "{01926d3a-5b1c-7c4e-9d2f-0123456789ab}",
            "01926d3a5b1c7c4e9d2f0123456789ab", "00000000-0000-0000-0000-000000000000",
        })
        {
            note.NoteId = wrong;
            Assert.Equal("note_id", Assert.Single(NoteReader.Read(note).Findings).Field);
        }
    }

    [Fact]
    public void Codes_beyond_the_schema_are_refused()
    {
        var note = FullNote.Build();
        note.Status = (NoteStatus)10;
        note.Profiles.Add((NoteProfile)(-1));

        Assert.Equal(["profiles[1]", "status"], NoteReader.Read(note).Findings.Select(finding => finding.Field));
    }

    [Fact]
    public void A_hash_has_32_bytes_or_none()
    {
        var note = FullNote.Build();
        note.Documents[0].Sha256 = ByteString.Empty;
        Assert.Empty(NoteReader.Read(note).Findings);

        note.Documents[0].Sha256 = ByteString.CopyFrom(new byte[31]);
        Assert.Equal("documents[0].sha256", Assert.Single(NoteReader.Read(note).Findings).Field);
    }

    [Fact]
    public void Text_that_has_no_utf8_form_is_refused()
    {
        var note = FullNote.Build();
        note.OtherInstructions = "half a lorry \ud83d";
        note.Route = "a whole one \ud83d\ude9a";

        var finding = Assert.Single(NoteReader.Read(note).Findings);
        Assert.Equal((RuleCodes.NotReadable, "other_instructions"), (finding.Code, finding.Field));
    }

    [Fact]
    public void At_most_a_hundred_findings_are_listed()
    {
        var note = FullNote.Build();
        note.Items.Clear();
        note.Items.AddRange(Enumerable.Range(0, 200).Select(_ => new ConsignmentItem { CountryOfOrigin = "??" }));

        Assert.Equal(100, NoteReader.Read(note).Findings.Count);
    }
}
