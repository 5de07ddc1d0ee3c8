using EcmrGateway.Risk.Factors;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Profiles;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Factors;

public sealed class LoadPlausibilityFactorTests
{
    private const string Code = FactorCodes.LoadPlausibility;

    // Five axles and one trailer: limit 50,000 kg, typical empty mass 14,000 kg.
    [Theory]
    [InlineData(36_000, 0)]
    [InlineData(38_500, 0)] // 5 %: the limit
    [InlineData(38_501, 8)]
    [InlineData(41_000, 8)] // 10 %
    [InlineData(41_001, 15)]
    [InlineData(46_000, 15)] // 20 %
    [InlineData(46_001, 25)]
    [InlineData(2_000_000_000, 25)]
    public void Goods_alone_count_by_the_excess(long goodsKg, int points) =>
        Assert.Equal(points, Given.Score(Loaded(7, goodsKg)).PointsOf(Code));

    [Fact]
    public void Without_a_mass_there_is_no_data_and_no_risk()
    {
        var movement = Given.Movement(Given.Note(7) with { GrossMassG = null });

        Assert.Equal(0, Given.Score(movement, Loaded(8, 20_000)).PointsOf(Code));
    }

    [Theory]
    [InlineData(0, 0, 0, 50_000, 14_000)]
    [InlineData(2, 0, 0, 21_500, 7_500)]
    [InlineData(3, 0, 0, 31_500, 10_000)]
    [InlineData(4, 1, 0, 41_500, 14_000)]
    [InlineData(6, 1, 0, 50_000, 14_000)]
    [InlineData(8, 2, 0, 60_000, 18_000)]
    [InlineData(0, 2, 0, 60_000, 18_000)]
    [InlineData(5, 1, 40_000, 40_000, 14_000)]
    [InlineData(5, 1, 70_000, 50_000, 14_000)] // What is stated does not lift the legal limit.
    [InlineData(2, 0, 3_500, 3_500, 2_000)]
    [InlineData(5, 1, 40, 50_000, 14_000)] // Tonnes in the wrong field.
    public void The_limit_is_the_lowest_that_surely_applies(int axles, int trailers, int maxKg, int limit, int tare)
    {
        var movement = Given.Movement(
            Given.Note(7) with { GrossMassG = 100_000_000 },
            given => given with { Axles = axles, Trailers = trailers, MaxMassKg = maxKg });

        var because = Given.Score(movement).Only(Code).Because;

        Assert.Contains($"a typical empty mass of {tare} kg", because, StringComparison.Ordinal);
        Assert.EndsWith($" of {limit} kg.", because, StringComparison.Ordinal);
    }

    [Fact]
    public void The_excess_is_told()
    {
        var contribution = Given.Score(Loaded(7, 41_000)).Only(Code);

        Assert.Equal(
            "The goods of this note, 41000 kg, and a typical empty mass of 14000 kg are 55000 kg, "
            + "above the highest legal maximum of 50000 kg.",
            contribution.Because);
        Assert.Equal([7], contribution.Sources);
    }

    [Fact]
    public void Goods_of_notes_that_are_on_the_vehicle_at_once_count_together_and_less()
    {
        var contribution = Given.Score(Loaded(7, 23_000), Loaded(8, 24_000)).Only(Code);

        Assert.Equal(15, contribution.Points);
        Assert.Equal([7, 8], contribution.Sources);
        Assert.StartsWith(
            "The goods of 2 notes that are on the vehicle at once, 47000 kg,", contribution.Because,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Groupage_within_the_limit_is_no_finding()
    {
        VehicleMovement[] others = [.. Enumerable.Range(8, 30).Select(position => Loaded(position, 1_000))];

        Assert.Equal(0, Given.Score(Loaded(7, 1_000), others).PointsOf(Code));
    }

    [Fact]
    public void Loads_one_after_the_other_do_not_add_up()
    {
        var after = Loaded(8, 24_000, given => given with { StartMs = given.EndMs, EndMs = given.EndMs + Given.Hour });

        Assert.Equal(0, Given.Score(Loaded(7, 24_000), after).PointsOf(Code));
    }

    [Fact]
    public void Only_what_is_on_the_vehicle_at_the_same_moment_adds_up()
    {
        // The long load meets each of the short ones, which do not meet each other: 36 t at most, not 48 t.
        var first = Loaded(8, 12_000, given => given with { EndMs = Given.Eight + Given.Hour });
        var second = Loaded(9, 12_000, given => given with { StartMs = Given.Eight + (2 * Given.Hour) });
        var third = Loaded(10, 12_000, given => given with { StartMs = given.EndMs - 1 });

        Assert.Equal(0, Given.Score(Loaded(7, 12_000), first, second).PointsOf(Code));
        Assert.Equal(0, Given.Score(Loaded(7, 12_000), first, second, third).PointsOf(Code));
        Assert.Equal(15, Given.Score(Loaded(7, 24_500), second, third).PointsOf(Code));
    }

    [Fact]
    public void A_note_with_one_time_is_on_the_vehicle_at_that_moment()
    {
        var begun = Loaded(8, 24_000, given => given with { StartMs = given.StartMs + Given.Hour, EndMs = null });
        var unknown = Loaded(9, 24_000, given => given with { StartMs = null, EndMs = null });

        Assert.Equal(15, Given.Score(Loaded(7, 24_000), begun).PointsOf(Code));
        Assert.Equal(0, Given.Score(Loaded(7, 24_000), unknown).PointsOf(Code));
    }

    [Fact]
    public void Two_legs_of_one_note_are_one_load()
    {
        var note = Given.Note(7) with { GrossMassG = 24_000_000 };
        var score = Given.Score(Given.Movement(note), Given.Movement(note, given => given with { Leg = 1 }));

        Assert.Equal(0, score.PointsOf(Code));
    }

    private static VehicleMovement Loaded(long position, long goodsKg, Func<Movement, Movement>? change = null) =>
        Given.Movement(Given.Note(position) with { GrossMassG = goodsKg * 1000 }, change);
}
