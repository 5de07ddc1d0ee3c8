using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Rankings;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using Xunit;

namespace EcmrGateway.PathTests.Contracts;

public abstract partial class HotStoreContract
{
    [Fact]
    public async Task What_another_has_changed_is_told_and_stays_as_the_other_left_it()
    {
        var store = await EmptyAsync();
        var mine = HotSamples.Assessment(new(9), (10, new("venlo", Hour, Hour)));
        var theirs = HotSamples.Assessment(new(9), (90, new("utrecht", Hour, Hour)));
        await store.SaveAsync("first", All(theirs, HotVersion.Absent, next: 1), Stop);

        var result = await store.SaveAsync("first", All(mine, HotVersion.Absent, next: 2), Stop);

        Assert.Equal([new(9)], result.Vehicles);
        Assert.Equal([new(7)], result.Carriers);
        Assert.Equal([new(8)], result.Consignors);
        Assert.False(result.ContentLost);
        Assert.Empty(await store.TopAsync("venlo", Hour, Hour, 10, Stop));
        Assert.Equal([new(new(9), 90)], await store.TopAsync("utrecht", Hour, Hour, 10, Stop));
        Assert.Equal(
            HotSamples.Version(1), (await store.LoadVehiclesAsync([new(9)], Stop)).Vehicles[new(9)].Version);
    }

    [Fact]
    public async Task A_conflict_of_one_does_not_keep_the_others_from_being_saved()
    {
        var store = await EmptyAsync();
        await store.SaveAsync(
            "first", HotSamples.None with { Carriers = HotSamples.One(new(7), CarrierProfile.Empty) }, Stop);

        var result = await store.SaveAsync(
            "first", All(HotSamples.Assessment(new(9)), HotVersion.Absent, next: 2), Stop);

        Assert.Equal([new(7)], result.Carriers);
        Assert.Empty(result.Consignors);
        Assert.Empty(result.Vehicles);
        Assert.NotNull((await store.LoadVehiclesAsync([new(9)], Stop)).Vehicles[new(9)].Profile);
    }

    [Fact]
    public async Task Of_vehicles_in_one_ranking_those_of_a_conflict_keep_their_places()
    {
        var store = await EmptyAsync();
        var before = Enumerable.Range(9, 4)
            .Select(id => HotSamples.Assessment(new((UInt128)id), (id, new("venlo", Hour, Hour)))).ToArray();
        await SaveAsync(store, [.. before.Select(one => ((VehicleAssessment?)null, one))]);
        var held = await store.LoadVehiclesAsync([.. before.Select(one => one.Vehicle)], Stop);
        VehicleAssessment[] after =
        [
            HotSamples.Assessment(new(9), (90, new("venlo", Hour, Hour))),
            HotSamples.Assessment(new(10), (80, new("venlo", Hour, Hour))),
            HotSamples.Assessment(new(11)), HotSamples.Assessment(new(12)),
        ];

        var result = await store.SaveAsync(
            "first",
            HotSamples.None with
            {
                Vehicles =
                [
                    .. after.Zip(before, (to, from) => new ChangedVehicle(
                        VehicleProfile.Empty, RankingChanges.PassagesOf(from, 0), to,
                        to.Vehicle.Value % 2 == 0 ? held.Vehicles[to.Vehicle].Version : HotVersion.Absent,
                        Versions.Next())),
                ],
            },
            Stop);

        Assert.Equal([new(9), new(11)], result.Vehicles.Order());
        Assert.Equal(
            [new(new(10), 80), new(new(11), 11), new(new(9), 9)], await store.TopAsync("venlo", Hour, Hour, 10, Stop));
    }

    [Fact]
    public async Task Of_many_who_save_over_the_same_state_at_once_one_is_taken()
    {
        var store = await EmptyAsync();

        var results = await Task.WhenAll(Enumerable.Range(1, 20).Select(writer => Task.Run(() => store.SaveAsync(
            "first", All(HotSamples.Assessment(new(9)), HotVersion.Absent, (ulong)writer), Stop))));

        Assert.Single(results, result => result.Vehicles.Count == 0);
        Assert.Single(results, result => result.Consignors.Count == 0);
    }

    [Fact]
    public async Task Nothing_is_saved_into_the_content_of_another_generation()
    {
        var store = await EmptyAsync();

        var result = await store.SaveAsync(
            "another", All(HotSamples.Assessment(new(9), (10, new("venlo", Hour, Hour))), HotVersion.Absent, 1), Stop);

        Assert.True(result.ContentLost);
        Assert.Null((await store.LoadVehiclesAsync([new(9)], Stop)).Vehicles[new(9)].Profile);
        Assert.Empty(await store.TopAsync("venlo", Hour, Hour, 10, Stop));
        await Store.WipeAsync();
        Assert.True((await store.SaveAsync("first", HotSamples.None with
        {
            Carriers = HotSamples.One(new(7), CarrierProfile.Empty),
        }, Stop)).ContentLost);
    }

    [Fact]
    public async Task Vehicles_are_on_the_road_of_their_carrier_and_consignor_until_their_time()
    {
        var store = await EmptyAsync();
        var now = TimeProvider.System.GetUtcNow();
        OnRoad[] onRoad =
        [
            new(SubjectKind.Carrier, new(7), new(1), now.AddHours(1).ToUnixTimeMilliseconds()),
            new(SubjectKind.Consignor, new(7), new(2), now.AddHours(1).ToUnixTimeMilliseconds()),
            new(SubjectKind.Consignor, new(8), new(3), now.AddHours(-1).ToUnixTimeMilliseconds()),
            new(SubjectKind.Consignor, new(8), new(4), now.AddHours(2).ToUnixTimeMilliseconds()),
            new(SubjectKind.Consignor, new(8), new(4), now.AddHours(-2).ToUnixTimeMilliseconds()),
        ];
        foreach (var one in onRoad)
        {
            await store.LoadSubjectsAsync([one], [], [], Stop);
        }

        Assert.Equal([new(1)], await store.OnRoadAsync([new(7)], [], Stop));
        Assert.Equal([new(2), new(4)], (await store.OnRoadAsync([], [new(7), new(8)], Stop)).Order());
        Assert.Empty(await store.OnRoadAsync([new(8)], [], Stop));
    }
}
