using CsCheck;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Rankings;
using Xunit;

namespace EcmrGateway.UnitTests.HotStore.Rankings;

public sealed class RankingScoreTests
{
    private static readonly Gen<RankedEntry> Entry = Gen.Select(
        Gen.ULong, Gen.ULong, Gen.Int[0, 100_000],
        (upper, lower, points) => new RankedEntry(new(new UInt128(upper, lower)), points));

    [Fact]
    public void The_points_are_read_from_the_score() => Entry.Sample(entry =>
        Assert.Equal(entry.Points, RankingScore.PointsOf(RankingScore.Of(entry.Points, entry.Vehicle))));

    /// <remarks>A server orders by score, then by member; from the top that is by points, then by vehicle.</remarks>
    [Fact]
    public void The_order_of_scores_and_members_is_that_of_points_and_vehicles() => Gen.Select(Entry, Entry, Gen.Bool)
        .Sample((one, two, equal) =>
        {
            var other = equal ? two with { Points = one.Points } : two;

            Assert.Equal(
                (-one.Points, one.Vehicle.Value).CompareTo((-other.Points, other.Vehicle.Value)),
                -Placed(one).CompareTo(Placed(other)));
        });

    [Fact]
    public void Of_many_with_the_same_points_hardly_two_have_the_same_score()
    {
        var random = new Random(5);
        var scores = Enumerable.Range(0, 1_000)
            .Select(_ => RankingScore.Of(3, new(new UInt128((ulong)random.NextInt64(), 0)))).Distinct();

        Assert.InRange(scores.Count(), 990, 1_000);
    }

    private static (double Score, UInt128 Member) Placed(RankedEntry entry) =>
        (RankingScore.Of(entry.Points, entry.Vehicle), HotKeys.MemberValue(entry.Vehicle));
}
