using EcmrGateway.HotStore.Rankings;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using Xunit;

namespace EcmrGateway.UnitTests.HotStore.Rankings;

public sealed class RankingChangesTests
{
    private static readonly SubjectId Vehicle = new(7);

    [Fact]
    public void Places_a_vehicle_in_each_hour_of_a_passage()
    {
        var changes = Of(null, [(40, new("venlo", 10, 12))]);

        Assert.Equal([10, 11, 12], changes.Keys.Select(ranking => ranking.Hour).Order());
        Assert.All(changes.Values, points => Assert.Equal(40, points));
    }

    [Fact]
    public void Takes_the_most_points_of_the_movements_that_pass()
    {
        var changes = Of(null, [(10, new("venlo", 5, 5)), (30, new("venlo", 5, 5)), (20, new("venlo", 5, 5))]);

        Assert.Equal(30, changes[new("venlo", 5)]);
    }

    [Fact]
    public void Takes_a_vehicle_out_where_it_passes_no_more()
    {
        var changes = Of([(10, new("venlo", 5, 6))], [(10, new("venlo", 6, 7))]);

        Assert.Null(changes[new("venlo", 5)]);
        Assert.Equal([5, 7], changes.Keys.Select(ranking => ranking.Hour).Order());
        Assert.NotNull(changes[new("venlo", 7)]);
    }

    [Fact]
    public void Leaves_an_unchanged_place_alone() =>
        Assert.Empty(Of([(10, new("venlo", 5, 5))], [(3, new("venlo", 5, 5)), (10, new("venlo", 5, 5))]));

    [Fact]
    public void Points_may_fall()
    {
        var changes = Of([(50, new("venlo", 5, 5))], [(10, new("venlo", 5, 5))]);

        Assert.Equal(10, changes[new("venlo", 5)]);
    }

    [Fact]
    public void Leaves_rankings_alone_that_have_expired()
    {
        var changes = Of([(10, new("utrecht", 1, 4))], [(10, new("venlo", 2, 6))], firstHour: 5);

        Assert.Equal([new("venlo", 5), new("venlo", 6)], changes.Keys.OrderBy(ranking => ranking.Hour));
    }

    private static Dictionary<RankingId, int?> Of(
        (int Points, Passage Passage)[]? before, (int Points, Passage Passage)[] after, int firstHour = 0) =>
        RankingChanges.Of(
            before is null ? [] : RankingChanges.PassagesOf(Assessment(before), firstHour),
            RankingChanges.PassagesOf(Assessment(after), firstHour), firstHour);

    private static VehicleAssessment Assessment((int Points, Passage Passage)[] movements) => new(
        Vehicle,
        [.. movements.Select((one, at) => new MovementScore
        {
            Position = at,
            Leg = 0,
            Points = one.Points,
            Consequence = 1,
            AsOfMs = 0,
            ReceivedMs = 0,
            StartMs = 0,
            EndMs = 0,
            Uncertain = false,
            Contributions = [],
            Passages = [one.Passage],
        })],
        null, "1", "");
}
