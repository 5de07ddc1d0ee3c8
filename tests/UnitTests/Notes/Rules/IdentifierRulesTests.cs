using EcmrGateway.Notes.Note;
using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Rules;

/// <summary>IDN-002 to 005: places, containers, parties, plates.</summary>
public sealed class IdentifierRulesTests
{
    [Fact]
    public void A_locode_lies_in_the_country_of_its_address() => Assert.Equal(
        ["IDN-002 Error delivery.place.locode"],
        Findings(Valid with { Delivery = new() { Place = PlaceOf("DEHAM", "FR") } }));

    [Fact]
    public void A_locode_that_the_list_lacks_is_only_reported() => Assert.Equal(
        ["IDN-002 Warning delivery.place.locode", "GEO-001 Warning delivery.place"],
        Findings(Valid with { Delivery = new() { Place = PlaceOf("DEZZ9", "DE") } }));

    [Fact]
    public void A_locode_of_a_country_that_the_list_does_not_cover_is_believed() => Assert.Equal(
        ["GEO-001 Warning delivery.place"],
        Findings(Valid with { Delivery = new() { Place = PlaceOf("USZZ9", "US") } }));

    [Fact]
    public void Locodes_of_all_places_are_checked()
    {
        var wrong = PlaceOf("DEHAM", "FR");

        Assert.Equal(
            [
                "IDN-002 Error border_crossings[0].locode", "IDN-002 Error carriers[0].handover.place.locode",
                "IDN-002 Error legs[0].from.locode", "IDN-002 Error legs[0].to.locode",
                "IDN-002 Error events[0].place.locode",
            ],
            Findings(Valid with
            {
                BorderCrossings = [wrong],
                Carriers = [Valid.Carriers[0] with { Handover = new() { Place = wrong } }],
                Legs = [new() { From = wrong, To = wrong }],
                Events = [new() { Place = wrong }],
            }));
    }

    [Theory]
    [InlineData("CSQU3054383", "CN", null)]
    [InlineData("TOLU4734787", "CN", null)]
    [InlineData("HLXU2008419", "CN", null)]
    [InlineData("MSCU6639870", "CN", null)]
    [InlineData("MSKU1234565", "CN", null)]
    [InlineData("csqu 305438-3", "CN", null)]
    [InlineData("APZU4871540", "CN", "Warning")] // Remainder 10.
    [InlineData("CSQU0000070", "CN", "Warning")]
    [InlineData("MSCU6639871", "CN", "Error")]
    [InlineData("CSQU3054384", "CN", "Error")]
    [InlineData("CSQX3054383", "CN", "Error")]
    [InlineData("CSQU305438", "CN", "Error")]
    [InlineData("CSQU30543833", "CN", "Error")]
    [InlineData("", "CN", "Error")]
    [InlineData("ZEPU0037255", "SW", null)]
    [InlineData("ZEPU0037254", "SW", "Warning")]
    [InlineData("CSQU3054384", "", "Warning")]
    [InlineData("trolley 12", "", null)]
    public void A_container_has_its_check_digit(string id, string category, string? severity) => Assert.Equal(
        severity is null ? [] : [$"IDN-003 {severity} equipment[0].id"],
        Findings(Valid with { Equipment = [new() { Id = id, CategoryCode = category }] }));

    [Theory]
    [InlineData(PartyIdScheme.Vat, "NL123456789B01", null)]
    [InlineData(PartyIdScheme.Vat, "nl 1234.56.789 B01", null)]
    [InlineData(PartyIdScheme.Vat, "NL123456789A01", "Warning")]
    [InlineData(PartyIdScheme.Vat, "DE123456789", null)]
    [InlineData(PartyIdScheme.Vat, "DE12345678", "Warning")]
    [InlineData(PartyIdScheme.Vat, "ATU12345678", null)]
    [InlineData(PartyIdScheme.Vat, "BE0123456789", null)]
    [InlineData(PartyIdScheme.Vat, "EL123456789", null)]
    [InlineData(PartyIdScheme.Vat, "GR123456789", "Warning")]
    [InlineData(PartyIdScheme.Vat, "XI123456789", null)]
    [InlineData(PartyIdScheme.Vat, "XIGD123", null)]
    [InlineData(PartyIdScheme.Vat, "IE1*12345A", null)]
    [InlineData(PartyIdScheme.Vat, "RO12", null)]
    [InlineData(PartyIdScheme.Vat, "CHE123456789MWST", null)]
    [InlineData(PartyIdScheme.Vat, "ZZ123456789", "Error")]
    [InlineData(PartyIdScheme.Vat, "", "Error")]
    [InlineData(PartyIdScheme.Eori, "NL1", null)]
    [InlineData(PartyIdScheme.Eori, "XI123456789012345", null)]
    [InlineData(PartyIdScheme.Eori, "NL1234567890123456", "Warning")]
    [InlineData(PartyIdScheme.Eori, "NL", "Warning")]
    [InlineData(PartyIdScheme.Eori, "UK123", "Error")]
    [InlineData(PartyIdScheme.Kvk, "12345678", null)]
    [InlineData(PartyIdScheme.Kvk, "1234567", "Warning")]
    [InlineData(PartyIdScheme.Lei, "213800KUD8LAJWSQ9D15", null)]
    [InlineData(PartyIdScheme.Lei, "213800KUD8LXJWSQ9D15", "Warning")]
    [InlineData(PartyIdScheme.Vihb, "123456VIXX", null)]
    [InlineData(PartyIdScheme.Vihb, "123456VIAX", "Warning")]
    [InlineData(PartyIdScheme.Diwass, "anything", null)]
    public void Identifiers_of_parties_have_their_form(PartyIdScheme scheme, string value, string? severity) =>
        Assert.Equal(
            severity is null ? [] : [$"IDN-004 {severity} consignor.ids[0].value"],
            Findings(Valid with
            {
                Consignor = Valid.Consignor! with { Ids = [new() { Scheme = scheme, Value = value }] },
            }));

    [Fact]
    public void An_identifier_names_its_register_whichever_party_has_it()
    {
        var party = PartyOf("Party", "NL") with { Ids = [new() { Value = "1" }] };

        Assert.Equal(
            [
                "IDN-004 Error carriers[0].party.ids[0].scheme", "IDN-004 Error forwarder.ids[0].scheme",
                "IDN-004 Error notify_parties[0].ids[0].scheme",
                "IDN-004 Error items[0].waste.producer.ids[0].scheme",
            ],
            Findings(WithItem(item => item with { Waste = new() { Producer = party } }) with
            {
                Carriers = [new() { Party = party }],
                Forwarder = party,
                NotifyParties = [party],
            }));
    }

    [Theory]
    [InlineData("12-ABC-3", "NL", true)]
    [InlineData("OK-12-BC", "NL", true)] // A Dutch semi-trailer: letters that cars do not have.
    [InlineData("999-XX-9", "NL", true)]
    [InlineData("12-ABC-34", "NL", false)]
    [InlineData("1ABC234", "BE", true)]
    [InlineData("AB", "PL", true)]
    [InlineData("A", "PL", false)]
    [InlineData("ABCDE12345", "PL", true)]
    [InlineData("ABCDE123456", "PL", false)]
    public void A_plate_has_the_form_of_its_country(string plate, string country, bool usual) => Assert.Equal(
        usual ? [] : ["IDN-005 Warning legs[0].vehicle.plate"],
        Findings(Valid with
        {
            Legs = [new() { Vehicle = new() { Registration = Plate(plate, country), Country = Country(country) } }],
        }));

    [Fact]
    public void A_vehicle_needs_no_plate_until_the_goods_are_taken_over()
    {
        var planned = Valid with { Legs = [new() { Vehicle = new() { Axles = 5 }, Trailers = [new()] }] };

        Assert.Empty(Findings(planned));
        Assert.Equal(
            ["IDN-005 Error legs[0].vehicle.plate", "IDN-005 Error legs[0].trailers[0].plate"],
            Findings(planned with { TakingOver = Valid.TakingOver! with { ActualTime = new(Now) } }));
    }
}
