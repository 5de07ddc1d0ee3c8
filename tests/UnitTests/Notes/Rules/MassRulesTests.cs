using EcmrGateway.Notes.Note;
using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Rules;

/// <summary>MAS-001 to 003.</summary>
public sealed class MassRulesTests
{
    [Theory]
    [InlineData(26_000, 0, null)]
    [InlineData(26_000.001, 0, "MAS-002 Warning items")]
    [InlineData(26_001, 40_000, "MAS-002 Warning items")]
    [InlineData(30_000, 44_000, null)]
    [InlineData(36_000, 50_000, null)]
    [InlineData(36_001, 50_000, "MAS-002 Warning items")]
    [InlineData(46_000, 60_000, null)]
    [InlineData(12_000, 12_000, null)]
    [InlineData(12_001, 12_000, "MAS-002 Warning items")] // The goods alone outweigh the vehicle's maximum.
    [InlineData(60_000, 0, "MAS-002 Warning items")]
    [InlineData(60_000.000001, 0, "MAS-001 Error items")]
    [InlineData(60_001, 80_000, "MAS-001 Error items")]
    public void Goods_fit_the_combination(double kilograms, int maxMassKg, string? finding) => Assert.Equal(
        finding is null ? [] : [finding], Findings(Of((decimal)kilograms, Leg("12-ABC-3", maxMassKg))));

    [Fact]
    public void Several_vehicles_may_share_the_goods_and_one_vehicle_on_two_legs_is_one()
    {
        Assert.Empty(Findings(Of(52_000, Leg("12-ABC-3"), Leg("12-ABC-4"))));
        Assert.Equal(["MAS-002 Warning items"], Findings(Of(52_000, Leg("12-ABC-3"), Leg("12ABC3"))));
        Assert.Equal(["MAS-001 Error items"], Findings(Of(120_001, Leg("12-ABC-3"), Leg("12-ABC-4"))));
    }

    [Fact]
    public void A_note_before_its_vehicle_is_for_one() =>
        Assert.Equal(["MAS-001 Error items"], Findings(Of(60_001)));

    [Fact]
    public void Units_of_mass_are_added_up() => Assert.Equal(
        ["MAS-002 Warning items"],
        Findings(Valid with
        {
            Items = [Item("Ceramic tiles", 1), Item("Bricks", 1) with { GrossMass = new(26, "TNE") }],
        }));

    [Fact]
    public void The_net_mass_is_not_above_the_gross_mass()
    {
        Assert.Empty(Findings(WithItem(item => item with { NetMass = new(12, "TNE") })));
        Assert.Equal(
            ["MAS-003 Error items[0].net_mass"],
            Findings(WithItem(item => item with { NetMass = new(12.000001m, "TNE") })));
        Assert.Equal(
            ["MAS-003 Error items[0].dangerous_goods[0].net_mass"],
            Findings(WithItem(item => item with
            {
                DangerousGoods = [new() { GrossMass = new(1, "KGM"), NetMass = new(1001, "GRM") }],
            })));
    }

    [Theory]
    [InlineData(25_000.5, true)]
    [InlineData(25_250.505, true)]
    [InlineData(25_250.506, false)]
    [InlineData(24_750.495, true)]
    [InlineData(24_750.494, false)]
    public void The_total_is_the_sum_of_the_lines_within_one_per_cent(double total, bool agrees) => Assert.Equal(
        agrees ? [] : ["MAS-003 Error total_gross_mass"],
        Findings(Valid with { TotalGrossMass = new((decimal)total, "KGM") }));

    [Fact]
    public void The_total_is_not_compared_with_lines_that_state_no_mass() => Assert.Empty(
        Findings(WithItem(item => item with { GrossMass = null, Quantity = new(5, "H87") }) with
        {
            TotalGrossMass = new(20_000, "KGM"),
        }));

    private static ConsignmentNote Of(decimal kilograms, params Leg[] legs) =>
        Valid with { Items = [Item("Ceramic tiles", kilograms)], Legs = [.. legs] };

    private static Leg Leg(string plate, int maxMassKg = 0) => new()
    {
        Vehicle = new() { Registration = Plate(plate, "NL"), Country = Country("NL"), MaxMassKg = maxMassKg },
    };
}
