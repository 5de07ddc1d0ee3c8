using EcmrGateway.Notes.Note;
using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Rules;

/// <summary>CMR-012 to 016: charges, customs, clause, scope, amounts.</summary>
public sealed class ConventionRulesTests
{
    [Fact]
    public void Charges_are_stated_or_as_agreed()
    {
        var charge = new Charge { Amount = new(100, "EUR"), Payer = Payer.Consignor };

        Assert.Empty(Findings(Valid with { ChargesAsAgreed = false, Charges = [charge] }));
        Assert.Equal(["CMR-012 Warning charges"], Findings(Valid with { ChargesAsAgreed = false }));
        Assert.Empty(Findings((Valid with { ChargesAsAgreed = false }).WithProfile(NoteProfile.EuReg11)));
    }

    [Theory]
    [InlineData("NL", "DE", false)]
    [InlineData("NL", "GB", true)]
    [InlineData("NL", "CH", true)]
    [InlineData("CH", "LI", false)]
    [InlineData("NL", "MC", false)]
    [InlineData("GB", "IM", false)]
    [InlineData("TR", "NL", true)]
    public void Customs_instructions_are_asked_for_between_territories(string from, string to, bool asked)
    {
        var note = Valid with { Consignor = PartyOf("A", from), Consignee = PartyOf("B", to) };

        Assert.Equal(asked ? ["CMR-013 Warning customs_instructions"] : [], Findings(note));
        Assert.Empty(Findings(note with { CustomsInstructions = "T1 to be opened at departure" }));
    }

    [Fact]
    public void The_clause_is_stated_for_the_cmr_alone()
    {
        var note = Valid with { CmrClause = false };

        Assert.Equal(["CMR-014 Error cmr_clause"], Findings(note));
        Assert.Equal(["CMR-014 Error cmr_clause"], Findings(note.WithProfile(NoteProfile.Unspecified)));
        Assert.Empty(Findings(note.WithProfile(NoteProfile.Cabotage)));
    }

    [Theory]
    [InlineData("DEHAM", "DE", false)]
    [InlineData("NLAMS", "NL", true)]
    public void The_convention_is_for_carriage_between_two_countries(string locode, string country, bool reported) =>
        Assert.Equal(
            reported ? ["CMR-015 Warning delivery.place"] : [],
            Findings(Valid with { Delivery = new() { Place = PlaceOf(locode, country) } }));

    [Theory]
    [InlineData("NL", "US", false)]
    [InlineData("US", "NL", false)]
    [InlineData("US", "CA", true)]
    public void One_of_the_countries_is_a_party_to_the_convention(string from, string to, bool reported)
    {
        Coordinates.TryCreate(1, 1, out var somewhere);
        Place In(string country) => new() { Coordinates = somewhere, Address = new() { Country = Country(country) } };

        Assert.Equal(
            reported ? ["CMR-015 Warning delivery.place"] : [],
            Findings(Valid with
            {
                TakingOver = Valid.TakingOver! with { Place = In(from) },
                Delivery = new() { Place = In(to) },
            }));
    }

    [Fact]
    public void A_charge_with_an_amount_has_a_payer_a_currency_and_is_not_below_nought()
    {
        string[] Of(Charge charge) => Findings(Valid with { Charges = [charge] });

        Assert.Empty(Of(new() { Amount = new(0, "EUR"), Payer = Payer.Consignee }));
        Assert.Empty(Of(new() { TypeCode = "100000" }));
        Assert.Equal(["CMR-016 Error charges[0].payer"], Of(new() { Amount = new(1, "EUR") }));
        Assert.Equal(
            ["CMR-016 Error charges[0].amount"], Of(new() { Amount = new(-0.01m, "EUR"), Payer = Payer.Consignor }));
        Assert.Equal(
            ["CMR-016 Error charges[0].amount"], Of(new() { Amount = new(1, "eur"), Payer = Payer.Consignor }));
    }

    [Fact]
    public void Other_amounts_are_valid_too() => Assert.Equal(
        ["CMR-016 Error cash_on_delivery", "CMR-016 Error declared_value", "CMR-016 Error special_interest"],
        Findings(Valid with
        {
            CashOnDelivery = new(-1, "EUR"),
            DeclaredValue = new(1, "DEM"),
            SpecialInterest = new(1, ""),
        }));
}
