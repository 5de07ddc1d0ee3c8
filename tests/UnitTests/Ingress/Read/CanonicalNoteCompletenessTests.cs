using System.Text;
using Ecmr.Note.V1;
using EcmrGateway.Ingress.Read;
using EcmrGateway.Notes.Canonical;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.Ingress.Read;

/// <summary>No field of the wire may be missing from what is hashed: these walk the schema itself.</summary>
public sealed class CanonicalNoteCompletenessTests
{
    /// <summary>Grows with the schema: a walk that ends early would prove nothing.</summary>
    private const int LeafCount = 500;

    [Fact]
    public void A_note_with_every_field_equals_the_sorted_json_of_its_message()
    {
        var note = FullNote.Build();

        Assert.Equal(JcsOf(note), CanonicalOf(note));
    }

    [Fact]
    public void The_schema_is_walked_whole()
    {
        Assert.Equal(LeafCount, FullNote.Leaves().Count());
        Assert.Contains(FullNote.Leaves(), leaf => leaf.Path == ".items.waste.arranger.address.post_box");
    }

    [Fact]
    public void Every_field_that_changes_changes_the_hash_and_stays_equal_to_the_message()
    {
        var full = FullNote.Build();
        var before = CanonicalNote.Sha256(NoteReader.Read(full).Note!);
        foreach (var leaf in FullNote.Leaves())
        {
            var changed = full.Clone();
            FullNote.Change(leaf.Owner(changed), leaf.Field, leaf.Path);
            if (leaf.Path.EndsWith(".unit", StringComparison.Ordinal)
                && leaf.Path.Contains("temperature", StringComparison.Ordinal))
            {
                // There is one unit of temperature; another is refused rather than hashed.
                Assert.NotEmpty(NoteReader.Read(changed).Findings);
                continue;
            }

            Assert.True(JcsOf(changed) == CanonicalOf(changed), leaf.Path);
            var after = CanonicalNote.Sha256(NoteReader.Read(changed).Note!);
            Assert.False(before.AsSpan().SequenceEqual(after), leaf.Path);
        }
    }

    [Fact]
    public void A_second_entry_of_every_list_is_kept()
    {
        var full = FullNote.Build();
        foreach (var leaf in FullNote.Leaves().Where(leaf => leaf.Field.IsRepeated))
        {
            var longer = full.Clone();
            var list = (System.Collections.IList)leaf.Field.Accessor.GetValue(leaf.Owner(longer));
            list.Add(FullNoteValues.Of(leaf.Field, leaf.Path, 1));

            Assert.True(JcsOf(longer) == CanonicalOf(longer), leaf.Path);
        }
    }

    [Fact]
    public void Messages_that_are_present_and_empty_stay_so()
    {
        var note = new ConsignmentNote
        {
            NoteId = "01926d3a-5b1c-7c4e-9d2f-0123456789ab",
            Consignor = new Party { Address = new Address() },
            Delivery = new Delivery { Place = new Place { Coordinates = new Coordinates() } },
            Items = { new ConsignmentItem(), new ConsignmentItem { Waste = new Waste() } },
            DangerousGoodsIndicator = false,
        };

        Assert.Equal(JcsOf(note), CanonicalOf(note));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000_000)]
    [InlineData(120_000_000)]
    [InlineData(123_456_000)]
    [InlineData(123_456_700)]
    [InlineData(123_456_789)]
    [InlineData(1)]
    public void Fractions_of_a_second_are_written_as_the_mapping_writes_them(int nanos)
    {
        var note = new ConsignmentNote
        {
            NoteId = "01926d3a-5b1c-7c4e-9d2f-0123456789ab",
            AgreedTimeLimit = new Moment { Time = new() { Seconds = -62_135_596_800, Nanos = nanos } },
        };

        Assert.Equal(JcsOf(note), CanonicalOf(note));
    }

    [Theory]
    [InlineData("607.50", "607.5")]
    [InlineData("607.000000", "607")]
    [InlineData("0607", "607")]
    [InlineData("9999999999.999999", "9999999999.999999")]
    public void Decimals_have_one_spelling(string written, string normalised)
    {
        var note = FullNote.Build();
        note.Items[0].GrossMass.Value = written;
        var same = note.Clone();
        same.Items[0].GrossMass.Value = normalised;

        Assert.Equal(JcsOf(same), CanonicalOf(note));
    }

    [Theory]
    [InlineData(51.922512345, 51.922512)]
    [InlineData(0.000001, 0.000001)]
    [InlineData(-0.0000001, 0)]
    [InlineData(-90, -90)]
    [InlineData(4.4777325, 4.477733)]
    public void Coordinates_have_six_decimals(double written, double rounded)
    {
        var note = FullNote.Build();
        note.Delivery.Place.Coordinates.Latitude = written;
        var same = note.Clone();
        same.Delivery.Place.Coordinates.Latitude = rounded;

        Assert.Equal(JcsOf(same).Replace("1e-06", "0.000001", StringComparison.Ordinal), CanonicalOf(note));
    }

    [Theory]
    [InlineData("quote \" backslash \\ slash / tab \t line \n return \r back \b feed \f")]
    [InlineData("\u0000\u0001\u001f\u007f\u0080\u2028\u2029 <>&'+`")]
    [InlineData("Köln, Łódź, Αθήνα, Київ, 東京, 🚚 and 👩‍🚒")]
    public void Text_is_escaped_as_jcs_wants_it(string text)
    {
        var note = FullNote.Build();
        note.OtherInstructions = text;

        Assert.Equal(JcsOf(note), CanonicalOf(note));
    }

    private static string CanonicalOf(ConsignmentNote note)
    {
        var read = NoteReader.Read(note);
        Assert.Empty(read.Findings);
        return Encoding.UTF8.GetString(CanonicalNote.Write(read.Note!));
    }

    private static string JcsOf(ConsignmentNote note) => SortedJson.Write(JsonFormatter.Default.Format(note));
}
