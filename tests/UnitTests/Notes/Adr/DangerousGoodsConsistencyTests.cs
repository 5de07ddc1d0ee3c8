using EcmrGateway.Notes.Adr;
using EcmrGateway.Notes.Note;
using Xunit;
using Kind = EcmrGateway.Notes.Adr.DangerousGoodsDiscrepancyKind;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Adr;

public sealed class DangerousGoodsConsistencyTests
{
    private static readonly DangerousGoods Petrol = new()
    {
        UnNumber = UnNumber.Parse("1203"),
        Labels = ["3"],
        PackingGroup = PackingGroup.II,
        TunnelCode = "D/E",
        Volume = new(0.5m, "MTQ"),
    };

    [Fact]
    public void A_note_without_lines_and_indicator_has_no_assessment() =>
        Assert.Null(DangerousGoodsConsistency.Assess(Valid));

    [Fact]
    public void A_line_as_table_a_has_it_is_consistent()
    {
        var assessment = Assess(true, Petrol);

        Assert.Empty(assessment.Discrepancies);
        var line = Assert.Single(assessment.Lines);
        Assert.Equal((1203, "2", 500_000L, false),
            (line.UnNumber!.Value.Value, line.TransportCategory, line.QuantityMilli, line.LimitedOrExcepted));
    }

    [Fact]
    public void The_indicator_agrees_with_the_lines()
    {
        Assert.Equal([Kind.IndicatorDeniesLines], Kinds(Assess(false, Petrol)));
        Assert.Empty(Kinds(Assess(false, Petrol with { LimitedQuantity = true })));
        Assert.Empty(Kinds(Assess(false, Petrol with { ExceptedQuantity = true })));
        Assert.Equal([Kind.IndicatorWithoutLines], Kinds(Assess(true)));
        Assert.Empty(Kinds(Assess(false)));
        Assert.Empty(Kinds(Assess(null, Petrol)));
    }

    [Fact]
    public void A_un_number_is_in_table_a()
    {
        var discrepancy = Assert.Single(Assess(null, Petrol with { UnNumber = UnNumber.Parse("9999") }).Discrepancies);

        Assert.Equal((Kind.UnNumberUnknown, 9999), (discrepancy.Kind, discrepancy.UnNumber!.Value.Value));
    }

    [Fact]
    public void What_is_stated_is_in_a_row_of_the_number() => Assert.Equal(
        [Kind.PackingGroup, Kind.Label, Kind.TunnelCode],
        Kinds(Assess(null, Petrol with { PackingGroup = PackingGroup.III, Labels = ["8"], TunnelCode = "B" })));

    [Fact]
    public void What_is_not_stated_is_not_held_against_the_line() => Assert.Empty(
        Kinds(Assess(null, new DangerousGoods { UnNumber = UnNumber.Parse("1203"), NetMass = new(1, "KGM") })));

    [Fact]
    public void A_line_without_a_number_is_listed_and_not_compared()
    {
        var assessment = Assess(null, new DangerousGoods());

        Assert.Null(Assert.Single(assessment.Lines).UnNumber);
        Assert.Empty(assessment.Discrepancies);
    }

    [Fact]
    public void Carriage_may_be_prohibited() => Assert.Equal(
        [Kind.CarriageProhibited],
        Kinds(Assess(null, new DangerousGoods { UnNumber = UnNumber.Parse("2455"), NetMass = new(1, "KGM") })));

    [Fact]
    public void A_quantity_is_stated_unless_empty_and_uncleaned()
    {
        var none = Petrol with { Volume = null };

        Assert.Equal([Kind.QuantityMissing], Kinds(Assess(null, none)));
        Assert.Empty(Kinds(Assess(null, none with { Statements = [DangerousGoodsStatement.EmptyUncleaned] })));
    }

    [Theory]
    [InlineData("3480", "9")] // Table A has 9A; ADR 5.4.1.1.1(c) wants 9 stated.
    [InlineData("3480", "9A")]
    [InlineData("0336", "1.4G")]
    [InlineData("0336", "1.4")]
    [InlineData("0004", "1.1D")]
    [InlineData("0004", "1")]
    [InlineData("2912", "7B")]
    public void Labels_have_several_spellings(string number, string label) => Assert.Empty(
        Kinds(Assess(null, new DangerousGoods
        {
            UnNumber = UnNumber.Parse(number),
            Labels = [label],
            GrossMass = new(1, "KGM"),
        })));

    [Theory]
    [InlineData("1263", PackingGroup.I, "", "1")]
    [InlineData("1263", PackingGroup.III, "", "3")]
    [InlineData("1263", PackingGroup.Unspecified, "", "1")] // The strictest of the rows.
    [InlineData("1263", PackingGroup.Unspecified, "2", "2")] // The one stated, which a row has.
    [InlineData("1005", PackingGroup.Unspecified, "1a", "1")]
    [InlineData("3373", PackingGroup.Unspecified, "", "")]
    public void The_transport_category_is_that_of_table_a(
        string number, PackingGroup group, string stated, string category)
    {
        var goods = new DangerousGoods
        {
            UnNumber = UnNumber.Parse(number),
            PackingGroup = group,
            TransportCategory = stated,
        };

        Assert.Equal(category, Assert.Single(Assess(null, goods).Lines).TransportCategory);
    }

    [Fact]
    public void Gases_of_one_number_are_told_apart_by_their_labels()
    {
        var aerosols = new DangerousGoods { UnNumber = UnNumber.Parse("1950"), GrossMass = new(1, "KGM") };

        Assert.Equal("2", Assert.Single(Assess(null, aerosols with { Labels = ["2.1"] }).Lines).TransportCategory);
        Assert.Equal("3", Assert.Single(Assess(null, aerosols with { Labels = ["2.2"] }).Lines).TransportCategory);
    }

    [Fact]
    public void The_quantity_is_in_the_unit_of_1_1_3_6_3()
    {
        long Of(string number) => Assert.Single(Assess(null, new DangerousGoods
        {
            UnNumber = UnNumber.Parse(number),
            GrossMass = new(4, "KGM"),
            NetMass = new(3, "KGM"),
            Volume = new(2, "LTR"),
            NetExplosiveContent = new(1, "KGM"),
        }).Lines).QuantityMilli;

        Assert.Equal(1000, Of("0336")); // Explosives: net explosive mass.
        Assert.Equal(2000, Of("1203")); // Liquids: litres.
        Assert.Equal(2000, Of("1072")); // Compressed oxygen: litres.
        Assert.Equal(3000, Of("1965")); // Liquefied gas: net mass.
        Assert.Equal(3000, Of("3077")); // Solids: net mass.
    }

    private static DangerousGoodsAssessment Assess(bool? indicator, params DangerousGoods[] lines) =>
        DangerousGoodsConsistency.Assess(WithItem(item => item with { DangerousGoods = [.. lines] }) with
        {
            DangerousGoodsIndicator = indicator,
        })!;

    private static Kind[] Kinds(DangerousGoodsAssessment assessment) =>
        [.. assessment.Discrepancies.Select(discrepancy => discrepancy.Kind)];
}
