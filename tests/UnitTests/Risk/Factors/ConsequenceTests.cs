using EcmrGateway.Risk.Facts;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Factors;

public sealed class ConsequenceTests
{
    [Theory]
    [InlineData("0", 0, false, 4)]
    [InlineData("0", 1, true, 2)] // limited quantity
    [InlineData("1", 20, false, 2)] // 20 * 50 = 1,000: the limit of ADR 1.1.3.6
    [InlineData("1", 21, false, 3)]
    [InlineData("1", 600, false, 4)] // 30,000
    [InlineData("2", 333, false, 2)]
    [InlineData("2", 334, false, 3)]
    [InlineData("3", 1_000, false, 2)]
    [InlineData("3", 1_001, false, 3)]
    [InlineData("3", 29_999, false, 3)]
    [InlineData("3", 30_000, false, 4)]
    [InlineData("4", 1_000_000, false, 2)]
    [InlineData("", 334, false, 3)] // unknown: as category 2
    public void Dangerous_goods_count_by_category_and_quantity(
        string category, long quantity, bool limited, int consequence)
    {
        var load = new DangerousGoodsLoad([new(1202, category, quantity * 1000, limited)], true, []);

        Assert.Equal(consequence, Of(Given.Note(7) with { DangerousGoods = load }));
    }

    [Fact]
    public void Prohibited_carriage_is_grave()
    {
        var load = new DangerousGoodsLoad(
            [new(1202, "3", 1, false)], null, [new(DiscrepancyKind.CarriageProhibited, 1202)]);

        Assert.Equal(4, Of(Given.Note(7) with { DangerousGoods = load }));
    }

    [Fact]
    public void Waste_is_limited_and_dangerous_waste_of_importance()
    {
        var load = new DangerousGoodsLoad([new(1202, "3", 1, false)], true, []);

        Assert.Equal(2, Of(Given.Note(7) with { Waste = true }));
        Assert.Equal(3, Of(Given.Note(7) with { Waste = true, DangerousGoods = load }));
    }

    [Theory]
    [InlineData(11_999, 1)]
    [InlineData(12_000, 2)]
    [InlineData(41_000, 2)] // 10 % above the limit
    [InlineData(41_001, 3)]
    public void Mass_counts_when_it_is_heavy_and_when_it_is_too_heavy(long kg, int consequence) =>
        Assert.Equal(consequence, Of(Given.Note(7) with { GrossMassG = kg * 1000 }));

    [Fact]
    public void What_is_not_stated_is_slight_and_no_points_come_from_it()
    {
        var note = Given.Note(7) with { GrossMassG = null };
        var grave = note with { DangerousGoods = new([new(1202, "0", 1, false)], true, []) };

        Assert.Equal(1, Of(note));
        Assert.Equal(0, Given.Score(Given.Movement(grave)).Points);
    }

    private static int Of(NoteFact note) => Given.Score(Given.Movement(note)).Consequence;
}
