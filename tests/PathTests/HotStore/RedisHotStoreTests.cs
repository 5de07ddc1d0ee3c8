using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using StackExchange.Redis;
using Xunit;

namespace EcmrGateway.PathTests.HotStore;

/// <summary>What the seam does not say and operators rely on, on the embedded engine.</summary>
public sealed class RedisHotStoreTests : IAsyncLifetime
{
    private static readonly int Hour = (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 3600);

    private static readonly KeyValuePair<string, string?> Parts = new("HotStore:Buckets", "3");

    private HostedStore _store = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await HostedStore.StartEmbeddedAsync();
        await _store.Store.ResetAsync("first", HotSamples.NoProgress, Stop);
        await _store.Store.TakeProgressAsync(afresh: true, Stop);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Everything_but_the_generation_and_the_progress_expires()
    {
        var assessment = HotSamples.Assessment(new(9), (40, new("venlo", Hour, Hour + 1)));
        await _store.Store.SaveAsync(
            "first",
            new(HotSamples.One(new(7), CarrierProfile.Empty),
                HotSamples.One(new(8), new HotConsignor(ConsignorProfile.Empty, null)),
                [new(VehicleProfile.Empty, [], assessment, HotVersion.Absent, HotSamples.Version(1))]),
            Stop);
        await _store.Store.LoadSubjectsAsync([new(SubjectKind.Carrier, new(7), new(9), 1)], [], [], Stop);
        await _store.Store.SetProgressAsync(
            "first", new Dictionary<int, ShardProgress> { [0] = new(1, 100) }, Stop);

        var db = _store.Redis.GetDatabase();
        var lifetimes = new Dictionary<string, TimeSpan?>();
        foreach (var key in _store.Redis.GetServers()[0].Keys(db.Database))
        {
            lifetimes.Add(key!, await db.KeyTimeToLiveAsync(key));
        }

        Assert.Equal(
            ["g:{0}", "scored:{0}"], lifetimes.Where(pair => pair.Value is null).Select(pair => pair.Key).Order());
        Assert.Equal(10, lifetimes.Count);
        Assert.All(
            lifetimes.Where(pair => pair.Key.StartsWith("rank:", StringComparison.Ordinal)),
            pair => Assert.InRange(pair.Value!.Value, TimeSpan.FromHours(1.9), TimeSpan.FromHours(4)));
        Assert.All(
            lifetimes.Where(pair => pair.Key[0] is 'c' or 'v' or 'a' or 'o'),
            pair => Assert.InRange(pair.Value!.Value, TimeSpan.FromDays(26.9), TimeSpan.FromDays(33)));
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_counts_as_missing()
    {
        var db = _store.Redis.GetDatabase();
        var keys = new HotKeys(buckets: 1);
        await db.StringSetAsync(keys.Vehicle(new(9)), new byte[] { 0, 0, 0, 0, 0, 0, 0, 5, 0xFF });
        await db.StringSetAsync(keys.Vehicle(new(8)), new byte[] { 0xFF });
        await db.StringSetAsync(keys.Assessment(new(9)), new byte[] { 0xFF });

        var hot = await _store.Store.LoadVehiclesAsync([new(8), new(9)], Stop);

        Assert.Equal(new(null, HotSamples.Version(5)), hot.Vehicles[new(9)]);
        Assert.Null(hot.Vehicles[new(8)].Profile);
    }

    [Fact]
    public async Task The_embedded_store_asks_for_its_password()
    {
        var configuration = new ConfigurationOptions { EndPoints = { _store.Redis.GetEndPoints()[0] } };
        configuration.AbortOnConnectFail = true;
        configuration.ConnectRetry = 1;

        await Assert.ThrowsAsync<RedisConnectionException>(() => ConnectionMultiplexer.ConnectAsync(configuration));
    }

    [Fact]
    public async Task A_store_that_is_away_says_so_in_time()
    {
        await using var away = await HostedStore.StartAsync(
        [
            new("HotStore:Engine", "Redis"), new("HotStore:ConnectionString", "127.0.0.1:1,connectRetry=0"),
            new("HotStore:TimeoutMs", "200"),
        ]);
        var store = away.Store;

        await Assert.ThrowsAsync<HotStoreUnavailableException>(() => store.LoadVehiclesAsync([new(1)], Stop));
        await Assert.ThrowsAsync<HotStoreUnavailableException>(() => store.LoadSubjectsAsync([], [new(1)], [], Stop));
        await Assert.ThrowsAsync<HotStoreUnavailableException>(() => store.OnRoadAsync([new(1)], [], Stop));
        await Assert.ThrowsAsync<HotStoreUnavailableException>(() => store.GenerationAsync(Stop));
        await Assert.ThrowsAsync<HotStoreUnavailableException>(() => store.SaveAsync(
            "first", HotSamples.None with { Carriers = HotSamples.One(new(1), CarrierProfile.Empty) }, Stop));
        await Assert.ThrowsAsync<HotStoreUnavailableException>(() => store.TopAsync("venlo", 1, 2, 3, Stop));
        await Assert.ThrowsAsync<HotStoreUnavailableException>(() => store.AssessmentsAsync([new(1)], Stop));
        await Assert.ThrowsAsync<HotStoreUnavailableException>(
            () => store.ResetAsync("first", HotSamples.NoProgress, Stop));
        await Assert.ThrowsAsync<HotStoreUnavailableException>(
            () => store.SetProgressAsync(
            "first", new Dictionary<int, ShardProgress> { [0] = new(1, 1) }, Stop));
        await Assert.ThrowsAsync<HotStoreUnavailableException>(() => store.ProgressAsync(Stop));
        await Assert.ThrowsAsync<HotStoreUnavailableException>(() => store.TakeProgressAsync(afresh: true, Stop));
    }

    [Fact]
    public async Task A_part_that_lost_its_last_writes_ends_the_content()
    {
        await using var parts = await HostedStore.StartEmbeddedAsync(Parts);
        await parts.Store.ResetAsync("first", HotSamples.NoProgress, Stop);
        await parts.Store.TakeProgressAsync(afresh: true, Stop);
        var progress = new Dictionary<int, ShardProgress> { [0] = new(1, 100) };
        Assert.True(await parts.Store.SetProgressAsync("first", progress, Stop));
        Assert.Equal(progress, await parts.Store.ProgressAsync(Stop));

        await parts.StepBackAsync();

        Assert.False(await parts.Store.SetProgressAsync("first", progress, Stop));
        Assert.Null(await parts.Store.GenerationAsync(Stop));
    }

    [Fact]
    public async Task Parts_that_differ_are_told_to_who_takes_progress()
    {
        await using var parts = await HostedStore.StartEmbeddedAsync(Parts);
        await parts.Store.ResetAsync("first", HotSamples.NoProgress, Stop);
        await parts.Store.TakeProgressAsync(afresh: true, Stop);
        await parts.Store.SetProgressAsync("first", new Dictionary<int, ShardProgress> { [0] = new(7, 100) }, Stop);

        await parts.Redis.GetDatabase().HashSetAsync("scored:{1}", 0, "5 100");

        Assert.Null(await parts.Store.TakeProgressAsync(afresh: true, Stop));
        Assert.Equal(5, (await parts.Store.ProgressAsync(Stop))[0].ScoredIndex);
    }

    [Fact]
    public async Task When_the_embedded_store_is_full_the_generation_goes_first()
    {
        await using var small = await HostedStore.StartEmbeddedAsync(
            new("HotStore:EmbeddedMemoryMiB", "64"), new("HotStore:EmbeddedIndexMiB", "1"));
        await small.Store.ResetAsync("first", HotSamples.NoProgress, Stop);
        var db = small.Redis.GetDatabase();

        // 150 MiB into 64: what is found first must never be later than the loss of the generation.
        var value = new byte[64 * 1024];
        for (var i = 0; i < 2400; i++)
        {
            await db.StringSetAsync($"x{i}", value);
            if (await small.Store.GenerationAsync(Stop) is null)
            {
                Assert.True(i > 500, $"Only {i} values of 64 KiB fitted.");
                return;
            }

            Assert.True(await db.KeyExistsAsync("x0"), "A value went before the generation.");
        }

        Assert.Fail("Nothing was ever lost.");
    }
}
