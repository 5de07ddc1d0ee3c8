using CsCheck;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>What every hot store does, whatever holds it.</summary>
public abstract class HotStoreContract
{
    /// <summary>An hour whose rankings are kept.</summary>
    protected static readonly int Hour = (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract TestStore Store { get; }

    private static Dictionary<int, ShardProgress> At(long index, int percent) => new() { [0] = new(index, percent) };

    [Fact]
    public async Task A_wiped_store_has_no_generation_and_no_progress()
    {
        var store = await EmptyAsync();
        await store.SetProgressAsync(At(5, 100), Stop);

        await Store.WipeAsync();

        Assert.Null((await store.LoadAsync([], [], [], Stop)).Generation);
        Assert.Empty(await store.ProgressAsync(Stop));
    }

    [Fact]
    public async Task Progress_without_a_generation_counts_for_nothing()
    {
        var store = await EmptyAsync();
        await Store.WipeAsync();

        await store.SetProgressAsync(At(5, 100), Stop);

        Assert.Empty(await store.ProgressAsync(Stop));
    }

    [Fact]
    public async Task Progress_is_given_back()
    {
        var store = await EmptyAsync();
        Assert.Empty(await store.ProgressAsync(Stop));

        await store.SetProgressAsync(At(5, 99), Stop);
        await store.SetProgressAsync(
            new Dictionary<int, ShardProgress> { [3] = new(long.MaxValue, 7) { Stopped = true } }, Stop);

        Assert.Equal(
            new Dictionary<int, ShardProgress> { [0] = new(5, 99), [3] = new(long.MaxValue, 7) { Stopped = true } },
            await store.ProgressAsync(Stop));
    }

    [Fact]
    public async Task Gives_back_what_was_saved_and_nothing_else()
    {
        var store = await EmptyAsync();
        var carrier = new CarrierProfile([HotSamples.Check(1), HotSamples.Check(2)]);
        var consignor = new ConsignorProfile([new(3, 1000, true, 2)]);
        var vehicle = new VehicleProfile([HotSamples.Movement(4, new(9))], [HotSamples.Check(5)]);
        var assessment = HotSamples.Assessment(new(9), (40, new("venlo", Hour, Hour)));
        await store.SaveAsync(
            new(new Dictionary<SubjectId, CarrierProfile> { [new(7)] = carrier },
                new Dictionary<SubjectId, ConsignorProfile> { [new(8)] = consignor },
                new Dictionary<SubjectId, VehicleProfile> { [new(9)] = vehicle },
                [new(null, assessment)]),
            Stop);

        var hot = await store.LoadAsync([new(7), new(1)], [new(8), new(2)], [new(9), new(3)], Stop);

        Assert.Equal("first", hot.Generation);
        Assert.Equal((new SubjectId(7), carrier), Only(hot.Carriers));
        Assert.Equal((new SubjectId(8), consignor), Only(hot.Consignors));
        Assert.Equal((new SubjectId(9), vehicle), Only(hot.Vehicles));
        Assert.Equal(AssessmentCodec.Write(assessment), AssessmentCodec.Write(Only(hot.Assessments).Value));
    }

    [Fact]
    public async Task Subjects_of_one_pseudonym_and_different_kinds_are_different()
    {
        var store = await EmptyAsync();
        await store.SaveAsync(
            HotSamples.None with
            {
                Carriers = new Dictionary<SubjectId, CarrierProfile> { [new(7)] = CarrierProfile.Empty },
            },
            Stop);

        var hot = await store.LoadAsync([new(7)], [new(7)], [new(7)], Stop);

        Assert.Single(hot.Carriers);
        Assert.Empty(hot.Consignors);
        Assert.Empty(hot.Vehicles);
        Assert.Empty(hot.Assessments);
    }

    [Fact]
    public async Task A_later_save_takes_the_place_of_an_earlier_one()
    {
        var store = await EmptyAsync();
        var first = HotSamples.Assessment(new(9), (90, new("venlo", Hour, Hour + 1)));
        var second = HotSamples.Assessment(new(9), (10, new("venlo", Hour + 1, Hour + 2)));
        await SaveAsync(store, new AssessmentChange(null, first));

        await SaveAsync(store, new AssessmentChange(first, second));

        Assert.Empty(await store.TopAsync("venlo", Hour, Hour, 10, Stop));
        Assert.Equal([new(new(9), 10)], await store.TopAsync("venlo", Hour + 1, Hour + 1, 10, Stop));
        Assert.Equal([new(new(9), 10)], await store.TopAsync("venlo", Hour + 2, Hour + 2, 10, Stop));
        Assert.Equal(
            AssessmentCodec.Write(second),
            AssessmentCodec.Write((await store.AssessmentsAsync([new(9)], Stop))[new(9)]));
    }

    [Fact]
    public async Task A_repeated_save_changes_nothing()
    {
        var store = await EmptyAsync();
        var before = HotSamples.Assessment(new(9), (90, new("venlo", Hour, Hour)));
        var change = new AssessmentChange(before, HotSamples.Assessment(new(9), (20, new("utrecht", Hour, Hour))));
        await SaveAsync(store, new AssessmentChange(null, before));
        await SaveAsync(store, change);

        await SaveAsync(store, change);

        Assert.Empty(await store.TopAsync("venlo", Hour, Hour, 10, Stop));
        Assert.Equal([new(new(9), 20)], await store.TopAsync("utrecht", Hour, Hour, 10, Stop));
    }

    [Fact]
    public async Task A_ranking_that_has_expired_is_not_made_again()
    {
        var store = await EmptyAsync();
        var weekAgo = Hour - (7 * 24);

        await SaveAsync(store, new AssessmentChange(
            null, HotSamples.Assessment(new(9), (90, new("venlo", weekAgo, weekAgo)), (80, new("venlo", Hour, Hour)))));

        Assert.Empty(await store.TopAsync("venlo", weekAgo, weekAgo, 10, Stop));
        Assert.Single(await store.TopAsync("venlo", Hour, Hour, 10, Stop));
    }

    [Fact]
    public async Task A_reset_empties_the_store_and_names_what_follows()
    {
        var store = await EmptyAsync();
        await SaveAsync(store, new AssessmentChange(
            null, HotSamples.Assessment(new(9), (90, new("venlo", Hour, Hour)))));
        await store.SetProgressAsync(At(5, 100), Stop);

        await store.ResetAsync("second", Stop);

        Assert.Equal("second", (await store.LoadAsync([], [], [], Stop)).Generation);
        Assert.Empty(await store.ProgressAsync(Stop));
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
                await SaveAsync(store, [.. assessments.Select(one => new AssessmentChange(null, one))]);

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
            () => store.LoadAsync([], [], [], new CancellationToken(canceled: true)));
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

    private static (SubjectId Key, T Value) Only<T>(IReadOnlyDictionary<SubjectId, T> found)
    {
        var pair = Assert.Single(found);
        return (pair.Key, pair.Value);
    }

    private static Task SaveAsync(IHotStore store, params AssessmentChange[] changes) =>
        store.SaveAsync(HotSamples.None with { Assessments = changes }, Stop);

    private async Task<IHotStore> EmptyAsync()
    {
        await Store.Store.ResetAsync("first", Stop);
        return Store.Store;
    }
}
