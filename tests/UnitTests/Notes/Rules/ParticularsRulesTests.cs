using EcmrGateway.Notes.Note;
using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Rules;

/// <summary>CMR-001 to 006: issue, parties, places.</summary>
public sealed class ParticularsRulesTests
{
    [Fact]
    public void A_valid_note_has_no_finding() => Assert.Empty(Findings(Valid));

    [Fact]
    public void An_empty_note_lacks_every_particular() => Assert.Equal(
        [
            "CMR-001 Error issue.date", "CMR-001 Error issue.place", "CMR-002 Error consignor",
            "CMR-003 Error carriers", "CMR-004 Error taking_over.place", "CMR-004 Error taking_over.planned_time",
            "CMR-005 Error delivery.place", "CMR-006 Error consignee", "CMR-007 Error items",
            "CMR-012 Warning charges", "CMR-014 Error cmr_clause",
        ],
        Findings(new() { NoteId = Valid.NoteId }));

    [Theory]
    [InlineData(24, null)]
    [InlineData(25, null)] // Tomorrow may be today elsewhere.
    [InlineData(26, "CMR-001 Error issue.date")]
    public void The_date_of_the_note_is_tomorrow_at_the_latest(int day, string? finding) =>
        Assert.Equal(finding is null ? [] : [finding],
            Findings(Valid with { Issue = Valid.Issue! with { Date = new(2026, 11, day) } }));

    [Fact]
    public void The_place_of_issue_is_stated() => Assert.Equal(
        ["CMR-001 Error issue.place"], Findings(Valid with { Issue = Valid.Issue! with { Place = "  " } }));

    [Fact]
    public void A_party_has_name_street_city_and_country() => Assert.Equal(
        [
            "CMR-002 Error consignor.name", "CMR-002 Error consignor.address.street",
            "CMR-002 Error consignor.address.city", "CMR-002 Error consignor.address.country",
            "CMR-006 Error consignee.address.city",
        ],
        Findings(Valid with
        {
            Consignor = new(),
            Consignee = Valid.Consignee! with { Address = Valid.Consignee.Address! with { City = "" } },
        }));

    [Fact]
    public void A_post_box_stands_for_the_street() => Assert.Empty(Findings(Valid with
    {
        Consignor = Valid.Consignor! with
        {
            Address = new() { PostBox = "12", City = "Delft", Country = Country("NL") },
        },
    }));

    [Fact]
    public void Only_the_contracting_carrier_must_be_complete()
    {
        Assert.Empty(Findings(Valid with { Carriers = Valid.Carriers.Add(new()) }));
        Assert.Equal(["CMR-003 Error carriers[0].party"], Findings(Valid with { Carriers = [new()] }));
    }

    [Fact]
    public void Taking_over_needs_a_place_and_a_time()
    {
        Assert.Equal(
            ["CMR-004 Error taking_over.planned_time"],
            Findings(Valid with { TakingOver = Valid.TakingOver! with { PlannedTime = null } }));
        Assert.Empty(Findings(Valid with
        {
            TakingOver = Valid.TakingOver! with { PlannedTime = null, ActualTime = new(Now) },
        }));
        Assert.Equal(
            ["CMR-004 Error taking_over.place", "GEO-001 Warning taking_over.place"],
            Findings(Valid with
            {
                TakingOver = Valid.TakingOver! with { Place = new() { Address = new() { Country = Country("NL") } } },
            }));
    }

    [Fact]
    public void A_place_has_a_country_by_its_address_or_its_locode()
    {
        Assert.Empty(Findings(Valid with { Delivery = new() { Place = new() { Locode = Locode.Parse("DEHAM") } } }));
        Assert.Equal(
            ["CMR-005 Error delivery.place.address.country", "GEO-001 Warning delivery.place"],
            Findings(Valid with { Delivery = new() { Place = new() { Name = "Hamburg" } } }));
    }

    [Fact]
    public void A_dutch_note_needs_five_particulars_only()
    {
        var note = new ConsignmentNote
        {
            NoteId = Valid.NoteId,
            Consignor = Valid.Consignor,
            Consignee = PartyOf("Consignee", "NL"),
            Carriers = Valid.Carriers,
            Items = [new() { Description = "Ceramic tiles", GrossMass = new(1, "TNE") }],
        };

        Assert.Empty(Findings(note.WithProfile(NoteProfile.NlDomestic)));
        Assert.Empty(Findings(note.WithProfile(NoteProfile.NlDomestic, NoteProfile.Adr)));
        Assert.NotEmpty(Findings(note.WithProfile(NoteProfile.Adr)));
        Assert.NotEmpty(Findings(note.WithProfile(NoteProfile.NlDomestic, NoteProfile.Cmr)));
        Assert.Equal(
            ["CMR-003 Error carriers"],
            Findings((note with { Carriers = [] }).WithProfile(NoteProfile.NlDomestic)));
    }

    [Fact]
    public void Regulation_11_asks_for_no_carrier_and_cabotage_for_marks()
    {
        var note = Valid with { Carriers = [], CmrClause = false };

        Assert.Empty(Findings(note.WithProfile(NoteProfile.EuReg11)));
        Assert.Equal(
            ["CMR-003 Error carriers", "CMR-010 Warning items[0].marks"],
            Findings((note with { Items = note.Items.SetItem(0, note.Items[0] with { Marks = [] }) })
                .WithProfile(NoteProfile.Cabotage)));
    }

    [Fact]
    public void A_draft_is_refused() => Assert.Equal(
        ["FMT-004 Error status"], Findings(Valid with { Status = NoteStatus.Draft }));

    [Fact]
    public void Numbers_of_lines_are_unique()
    {
        Assert.Empty(Findings(WithItem(item => item with { LineNo = 9 })));
        Assert.Equal(["FMT-004 Error items[2].line_no"], Findings(WithItem(item => item with { LineNo = 3 })));
    }
}
