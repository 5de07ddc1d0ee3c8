using CsCheck;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Rankings;
using EcmrGateway.Risk.Facts;
using Xunit;

namespace EcmrGateway.UnitTests.HotStore.Rankings;

public sealed class RankingMergeTests
{
    // Few vehicles and few points, so that vehicles meet in several hours and ties are at the cut.
    private static readonly Gen<RankedEntry[]> Hour =
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 4], (id, points) => new RankedEntry(new((UInt128)id), points))
            .Array[0, 25].Select(entries => entries.DistinctBy(entry => entry.Vehicle).ToArray());

    [Fact]
    public void The_first_of_each_hour_are_enough_for_the_first_of_all() => Gen.Select(Hour.Array[0, 5], Gen.Int[1, 12])
        .Sample((hours, limit) => Assert.Equal(
            Best(hours.SelectMany(hour => hour)).Take(limit),
            RankingMerge.Of(hours.Select(hour => Best(hour).Take(limit)), limit)));

    [Fact]
    public void A_vehicle_counts_once_with_its_most_points()
    {
        var merged = RankingMerge.Of([[new(new(1), 3)], [new(new(1), 8)], [new(new(1), 5)]], 10);

        Assert.Equal([new RankedEntry(new SubjectId(1), 8)], merged);
    }

    private static IEnumerable<RankedEntry> Best(IEnumerable<RankedEntry> entries) => entries
        .GroupBy(entry => entry.Vehicle, (id, same) => new RankedEntry(id, same.Max(entry => entry.Points)))
        .OrderByDescending(entry => entry.Points).ThenBy(entry => entry.Vehicle.Value);
}
