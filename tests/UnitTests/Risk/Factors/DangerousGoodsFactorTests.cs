using EcmrGateway.Risk.Factors;
using EcmrGateway.Risk.Facts;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Factors;

public sealed class DangerousGoodsFactorTests
{
    private const string Code = FactorCodes.DangerousGoods;

    [Theory]
    [InlineData(DiscrepancyKind.IndicatorDeniesLines, 12)]
    [InlineData(DiscrepancyKind.IndicatorWithoutLines, 6)]
    [InlineData(DiscrepancyKind.UnNumberUnknown, 8)]
    [InlineData(DiscrepancyKind.PackingGroup, 5)]
    [InlineData(DiscrepancyKind.Label, 5)]
    [InlineData(DiscrepancyKind.TunnelCode, 4)]
    [InlineData(DiscrepancyKind.CarriageProhibited, 15)]
    [InlineData(DiscrepancyKind.QuantityMissing, 3)]
    public void Each_kind_has_its_points_and_counts_once(DiscrepancyKind kind, int points)
    {
        DangerousGoodsDiscrepancy[] twice = [new(kind, 1202), new(kind, 1203)];

        Assert.Equal(points, Given.Score(Given.Movement(NoteWith(twice[0]))).PointsOf(Code));
        Assert.Equal(points, Given.Score(Given.Movement(NoteWith(twice))).PointsOf(Code));
    }

    [Fact]
    public void Dangerous_goods_without_a_discrepancy_have_no_points()
    {
        Assert.Equal(0, Given.Score(Given.Movement(NoteWith())).PointsOf(Code));
    }

    [Fact]
    public void Kinds_add_up_to_the_most()
    {
        var kinds = Enum.GetValues<DiscrepancyKind>().Select(kind => new DangerousGoodsDiscrepancy(kind, 0));

        Assert.Equal(15, Given.Score(Given.Movement(NoteWith([.. kinds]))).PointsOf(Code));
    }

    [Fact]
    public void The_gravest_is_told_whatever_the_order()
    {
        DangerousGoodsDiscrepancy[] discrepancies =
        [
            new(DiscrepancyKind.QuantityMissing, 1203), new(DiscrepancyKind.PackingGroup, 1203),
            new(DiscrepancyKind.PackingGroup, 336),
        ];

        var contribution = Given.Score(Given.Movement(NoteWith(discrepancies))).Only(Code);
        var reversed = Given.Score(Given.Movement(NoteWith([.. discrepancies.Reverse()]))).Only(Code);

        Assert.Equal(
            "The packing group of UN 0336 is not one of ADR Table A, and 1 contradiction of other kinds.",
            contribution.Because);
        Assert.Equal(contribution, reversed);
    }

    private static NoteFact NoteWith(params DangerousGoodsDiscrepancy[] discrepancies) => Given.Note(7) with
    {
        DangerousGoods = new([new(1202, "3", 500_000, false)], true, discrepancies),
    };
}
