using System.Text;
using Ecmr.Note.V1;
using EcmrGateway.Client.Json;
using EcmrGateway.Client.Sample;
using Xunit;

namespace EcmrGateway.UnitTests.Client.Json;

public sealed class CanonicalNoteTests
{
    [Fact]
    public void Is_the_ordered_JSON_form_with_plain_decimals_and_rounded_positions()
    {
        var note = new ConsignmentNote
        {
            NoteId = "n",
            DangerousGoodsIndicator = false,
            TotalGrossMass = new Measure { Value = "607.500", Unit = "KGM" },
            DeclaredValue = new Money { Amount = "100.00", Currency = "EUR" },
            TakingOver = new TakingOver
            {
                Place = new Place { Coordinates = new Coordinates { Latitude = 51.91670049, Longitude = 4.5 } },
            },
        };

        Assert.Equal(
            """
            {"dangerousGoodsIndicator":false,
            "declaredValue":{"amount":"100","currency":"EUR"},
            "noteId":"n",
            "takingOver":{"place":{"coordinates":{"latitude":51.9167,"longitude":4.5}}},
            "totalGrossMass":{"unit":"KGM","value":"607.5"}}
            """.Replace("\n", "", StringComparison.Ordinal),
            Encoding.UTF8.GetString(CanonicalNote.Bytes(note)));
    }

    [Theory]
    [InlineData("100", "100")]
    [InlineData("0.0", "0")]
    [InlineData("10.10", "10.1")]
    public void Equal_amounts_have_equal_bytes(string one, string other) =>
        Assert.Equal(CanonicalNote.Bytes(Weighing(one)), CanonicalNote.Bytes(Weighing(other)));

    [Fact]
    public void Zeros_before_the_point_count() =>
        Assert.NotEqual(CanonicalNote.Bytes(Weighing("100")), CanonicalNote.Bytes(Weighing("10")));

    [Fact]
    public void The_note_itself_is_left_as_it_is()
    {
        var note = Weighing("10.10");

        CanonicalNote.Sha256(note);

        Assert.Equal("10.10", note.TotalGrossMass.Value);
    }

    [Fact]
    public void A_note_that_went_through_JSON_has_the_same_hash()
    {
        var options = new SampleOptions { Count = 50, Around = new DateTimeOffset(2026, 7, 1, 9, 0, 0, TimeSpan.Zero) };

        Assert.All(new NoteGenerator(options).Notes(), note =>
        {
            var read = NoteJson.Read(Encoding.UTF8.GetBytes(NoteJson.WriteIndented(note))).Note;
            Assert.Equal(CanonicalNote.Sha256(note), CanonicalNote.Sha256(read!));
        });
    }

    private static ConsignmentNote Weighing(string value) => new() { TotalGrossMass = new Measure { Value = value } };
}
