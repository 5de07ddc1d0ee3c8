using CsCheck;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.HotStore.Rankings;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Profiles;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>What every hot store does, whatever holds it.</summary>
public abstract partial class HotStoreContract
{
    /// <summary>An hour whose rankings are kept.</summary>
    protected static readonly int Hour = (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600);

    private static readonly HotVersions Versions = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract TestStore Store { get; }

    private static Dictionary<int, ShardProgress> At(long index, int percent) => new() { [0] = new(index, percent) };

    [Fact]
    public async Task A_wiped_store_has_no_generation_and_no_progress()
    {
        var store = await EmptyAsync();
        await store.SetProgressAsync("first", At(5, 100), Stop);

        await Store.WipeAsync();

        Assert.Null(await store.GenerationAsync(Stop));
        Assert.Empty(await store.ProgressAsync(Stop));
    }

    [Fact]
    public async Task Progress_of_a_content_that_is_gone_is_not_taken()
    {
        var store = await EmptyAsync();
        Assert.True(await store.SetProgressAsync("first", At(4, 100), Stop));
        Assert.False(await store.SetProgressAsync("another", At(5, 100), Stop));
        Assert.Equal(4, (await store.ProgressAsync(Stop))[0].ScoredIndex);

        await Store.WipeAsync();

        Assert.False(await store.SetProgressAsync("first", At(6, 100), Stop));
        Assert.Empty(await store.ProgressAsync(Stop));
    }

    [Fact]
    public async Task Progress_is_given_back()
    {
        var store = await EmptyAsync();
        Assert.Empty(await store.ProgressAsync(Stop));

        await store.SetProgressAsync("first", At(5, 99), Stop);
        await store.SetProgressAsync(
            "first", new Dictionary<int, ShardProgress> { [3] = new(long.MaxValue, 7) }, Stop);

        Assert.Equal(
            new Dictionary<int, ShardProgress> { [0] = new(5, 99), [3] = new(long.MaxValue, 7) },
            await store.ProgressAsync(Stop));
    }

    [Fact]
    public async Task Gives_back_what_was_saved_and_tells_what_is_not_there()
    {
        var store = await EmptyAsync();
        var carrier = new CarrierProfile([HotSamples.Check(1), HotSamples.Check(2)]);
        var consignor = new HotConsignor(new([new(3, 1000, true, 2)]), AssessedPoints: 4);
        var vehicle = new VehicleProfile([HotSamples.Movement(4, new(9))], [HotSamples.Check(5)]);
        var assessment = HotSamples.Assessment(new(9), (40, new("venlo", Hour, Hour)));
        await store.SaveAsync(
            "first",
            new(HotSamples.One(new(7), carrier), HotSamples.One(new(8), consignor),
                [new(vehicle, [], assessment, HotVersion.Absent, HotSamples.Version(3))]),
            Stop);

        var subjects = await store.LoadSubjectsAsync([], [new(7), new(1)], [new(8), new(2)], Stop);
        var vehicles = await store.LoadVehiclesAsync([new(9), new(3)], Stop);

        Assert.Equal("first", subjects.Generation);
        Assert.Equal("first", vehicles.Generation);
        Assert.Equal(new(carrier, HotSamples.Version(1)), subjects.Carriers[new(7)]);
        Assert.Equal(new(null, HotVersion.Absent), subjects.Carriers[new(1)]);
        Assert.Equal(new(consignor, HotSamples.Version(1)), subjects.Consignors[new(8)]);
        Assert.Equal(new(null, HotVersion.Absent), subjects.Consignors[new(2)]);
        Assert.Equal(vehicle, vehicles.Vehicles[new(9)].Profile!.Profile);
        Assert.Equal(HotSamples.Version(3), vehicles.Vehicles[new(9)].Version);
        Assert.Equal([new("venlo", Hour, Hour, 40)], vehicles.Vehicles[new(9)].Profile!.Ranked);
        Assert.Equal(new(null, HotVersion.Absent), vehicles.Vehicles[new(3)]);
        Assert.Equal(assessment, (await store.AssessmentsAsync([new(9), new(3)], Stop)).Single().Value);
    }

    [Fact]
    public async Task Subjects_of_one_pseudonym_and_different_kinds_are_different()
    {
        var store = await EmptyAsync();
        await store.SaveAsync(
            "first", HotSamples.None with { Carriers = HotSamples.One(new(7), CarrierProfile.Empty) }, Stop);

        var subjects = await store.LoadSubjectsAsync([], [new(7)], [new(7)], Stop);

        Assert.NotNull(subjects.Carriers[new(7)].Profile);
        Assert.Null(subjects.Consignors[new(7)].Profile);
        Assert.Null((await store.LoadVehiclesAsync([new(7)], Stop)).Vehicles[new(7)].Profile);
    }

    [Fact]
    public async Task A_later_save_takes_the_place_of_an_earlier_one()
    {
        var store = await EmptyAsync();
        var first = HotSamples.Assessment(new(9), (90, new("venlo", Hour, Hour + 1)));
        var second = HotSamples.Assessment(new(9), (10, new("venlo", Hour + 1, Hour + 2)));
        await SaveAsync(store, (null, first));

        await SaveAsync(store, (first, second));

        Assert.Empty(await store.TopAsync("venlo", Hour, Hour, 10, Stop));
        Assert.Equal([new(new(9), 10)], await store.TopAsync("venlo", Hour + 1, Hour + 1, 10, Stop));
        Assert.Equal([new(new(9), 10)], await store.TopAsync("venlo", Hour + 2, Hour + 2, 10, Stop));
        Assert.Equal(
            AssessmentCodec.Write(second),
            AssessmentCodec.Write((await store.AssessmentsAsync([new(9)], Stop))[new(9)]));
    }

    [Fact]
    public async Task A_ranking_that_has_expired_is_not_made_again()
    {
        var store = await EmptyAsync();
        var weekAgo = Hour - (7 * 24);

        await SaveAsync(store, (
            null, HotSamples.Assessment(new(9), (90, new("venlo", weekAgo, weekAgo)), (80, new("venlo", Hour, Hour)))));

        Assert.Empty(await store.TopAsync("venlo", weekAgo, weekAgo, 10, Stop));
        Assert.Single(await store.TopAsync("venlo", Hour, Hour, 10, Stop));
    }

    [Fact]
    public async Task A_reset_empties_the_store_and_names_what_follows()
    {
        var store = await EmptyAsync();
        await SaveAsync(store, (
            null, HotSamples.Assessment(new(9), (90, new("venlo", Hour, Hour)))));
        await store.SetProgressAsync("first", At(5, 100), Stop);

        await store.ResetAsync("second", At(3, 0), Stop);

        Assert.Equal("second", await store.GenerationAsync(Stop));
        Assert.Equal(At(3, 0), await store.ProgressAsync(Stop));
        Assert.Empty(await store.AssessmentsAsync([new(9)], Stop));
        Assert.Empty(await store.TopAsync("venlo", Hour, Hour, 10, Stop));
    }

    [Fact]
    public Task The_best_of_an_area_are_exact_also_with_equal_points_at_the_cut() => Gen.Select(
            Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 2]).Array[0, 60],
            Gen.Int[1, 20])
        .SampleAsync(
            async (places, limit) =>
            {
                var store = await EmptyAsync();
                var assessments = places.DistinctBy(place => (place.Item1, place.Item2)).Select(
                    place => HotSamples.Assessment(
                        new(new UInt128(place.Item1, place.Item2)),
                        (place.Item3, new("venlo", Hour, Hour + place.Item4)),
                        (place.Item5, new("venlo", Hour + 1, Hour + 1)))).ToList();
                await SaveAsync(store, [.. assessments.Select(one => ((VehicleAssessment?)null, one))]);

                Assert.Equal(
                    Best(assessments, Hour, Hour + 2, limit),
                    await store.TopAsync("venlo", Hour, Hour + 2, limit, Stop));
                Assert.Equal(
                    Best(assessments, Hour + 1, Hour + 1, limit),
                    await store.TopAsync("venlo", Hour + 1, Hour + 1, limit, Stop));
            },
            iter: 30,
            threads: 1);

    [Fact]
    public async Task Limits_of_a_question_are_checked()
    {
        var store = await EmptyAsync();

        Assert.Empty(await store.TopAsync("nowhere", Hour, Hour + 100, 50, Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.TopAsync("venlo", Hour, Hour, 0, Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.TopAsync("venlo", Hour, Hour - 1, 1, Stop));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => store.TopAsync("venlo", Hour, Hour + 1000, 1, Stop));
    }

    [Fact]
    public async Task Who_cancels_waits_no_longer()
    {
        var store = await EmptyAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.GenerationAsync(new CancellationToken(canceled: true)));
    }

    private static List<RankedEntry> Best(
        IEnumerable<VehicleAssessment> assessments, int first, int last, int limit) =>
    [
        .. assessments
            .Select(one => (one.Vehicle, Points: one.Movements
                .Where(movement => movement.Passages.Any(
                    passage => passage.FirstHour <= last && passage.LastHour >= first))
                .Select(movement => (int?)movement.Points).Max()))
            .Where(one => one.Points is not null)
            .Select(one => new RankedEntry(one.Vehicle, one.Points!.Value))
            .OrderByDescending(entry => entry.Points).ThenBy(entry => entry.Vehicle)
            .Take(limit),
    ];

    /// <summary>A carrier 7, a consignor 8 and a vehicle.</summary>
    private static HotChanges All(VehicleAssessment assessment, HotVersion expected, ulong next) => new(
        HotSamples.One(new(7), CarrierProfile.Empty, next),
        HotSamples.One(new(8), new HotConsignor(ConsignorProfile.Empty, null), next),
        [new(VehicleProfile.Empty, [], assessment, expected, new(next))]);

    /// <summary>Saves assessments over whatever is there.</summary>
    private static async Task SaveAsync(
        IHotStore store, params (VehicleAssessment? Before, VehicleAssessment After)[] changes)
    {
        var held = await store.LoadVehiclesAsync([.. changes.Select(change => change.After.Vehicle)], Stop);
        var result = await store.SaveAsync(
            "first",
            HotSamples.None with
            {
                Vehicles =
                [
                    .. changes.Select(change => new ChangedVehicle(
                        VehicleProfile.Empty, change.Before is null ? [] : RankingChanges.PassagesOf(change.Before, 0),
                        change.After,
                        held.Vehicles[change.After.Vehicle].Version, Versions.Next())),
                ],
            },
            Stop);
        Assert.Empty(result.Vehicles);
        Assert.False(result.ContentLost);
    }

    private async Task<IHotStore> EmptyAsync()
    {
        await Store.Store.ResetAsync("first", HotSamples.NoProgress, Stop);
        await Store.Store.TakeProgressAsync(afresh: true, Stop);
        return Store.Store;
    }
}
