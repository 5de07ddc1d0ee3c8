using System.Globalization;
using Ecmr.Inspection.V1;
using EcmrGateway.Engines;
using EcmrGateway.HotStore;
using EcmrGateway.PathTests.Gateway;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>
/// A Redis that is killed and comes back with an old state of its own: the content is there and its last part is not.
/// </summary>
public class OldRedisTests : GatewayTests, IAsyncLifetime
{
    private RedisNode? _redis;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _redis = await RedisNode.TryStartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_gateway_that_runs_scores_again_what_was_lost()
    {
        Assert.SkipWhen(_redis is null, RedisNode.Missing);
        await using var gateway = await StartAsync();
        await SubmitAsync(gateway, 0, 30);
        await SaveAsync();
        await SubmitAsync(gateway, 30, 60);
        var before = await RankAsync(gateway);
        var generation = await GenerationAsync(gateway);

        await _redis.KillAsync();
        await _redis.StartAsync();

        await EqualAsync(before, gateway);
        Assert.Equal(generation, await GenerationAsync(gateway));
        Assert.True(await ScoredAsync() >= 60);
    }

    [Fact]
    public async Task A_gateway_that_starts_scores_again_what_was_lost()
    {
        Assert.SkipWhen(_redis is null, RedisNode.Missing);
        var gateway = await StartAsync();
        try
        {
            await SubmitAsync(gateway, 0, 30);
            await SaveAsync();
            await SubmitAsync(gateway, 30, 60);
            var before = await RankAsync(gateway);
            var generation = await GenerationAsync(gateway);

            await gateway.StopAsync();
            await _redis.KillAsync();
            await _redis.StartAsync();
            Assert.True(await ScoredAsync() < 60);
            gateway = await gateway.RestartAsync();

            await EqualAsync(before, gateway);
            Assert.Equal(generation, await GenerationAsync(gateway));
        }
        finally
        {
            await gateway.DisposeAsync();
        }
    }

    private new async Task<RunningGateway> StartAsync() => await RunningGateway.StartAsync(
        null, null,
        [
            .. await EnginesAsync(), "--HotStore:Engine=Redis", $"--HotStore:ConnectionString={_redis!.Address}",
        ]);

    /// <summary>The last state that it comes back with.</summary>
    private async Task SaveAsync()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{_redis!.Address},allowAdmin=true");
        await redis.GetServers()[0].ExecuteAsync("SAVE");
    }

    /// <summary>Positions that the store says are scored, of all shards.</summary>
    private async Task<long> ScoredAsync()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(_redis!.Address);
        var shards = await redis.GetDatabase().HashGetAllAsync("scored:{0}");
        return shards.Sum(shard => long.Parse(shard.Value.ToString().Split(' ')[0], CultureInfo.InvariantCulture) + 1);
    }

    private static Task<string?> GenerationAsync(RunningGateway gateway) =>
        gateway.Services.GetRequiredService<IHotStore>().GenerationAsync(Stop);

    private static async Task SubmitAsync(RunningGateway gateway, int from, int to)
    {
        var headers = await gateway.AsAsync("submitter");
        for (var i = from; i < to; i++)
        {
            var note = SampleNotes.OnTheRoad(
                plate: $"12-BC{(char)('A' + (i % 20))}-{i % 7}", carrier: $"NL12345678{i % 5}B01",
                massKg: $"{10_000 + (i * 700)}");
            await gateway.Ingress.SubmitAsync(new() { Note = note }, headers);
        }

        await gateway.WaitUntilRankedAsync();
    }

    /// <returns>Nothing while the store is away.</returns>
    private static async Task<List<RankedVehicle>> RankAsync(RunningGateway gateway)
    {
        var list = await gateway.Inspection.ListRankedVehiclesAsync(
            new() { Area = "rotterdam", PageSize = 500 }, await gateway.AsAsync("inspector", "ilt"));
        return list.Completeness.Degraded ? [] : [.. list.Vehicles];
    }

    /// <summary>The list becomes what it was: a loss is found out within a second or two.</summary>
    private static async Task EqualAsync(List<RankedVehicle> before, RunningGateway gateway)
    {
        Assert.True(before.Count > 20);
        List<RankedVehicle> now = [];
        for (var attempt = 0; attempt < 300; attempt++)
        {
            now = await RankAsync(gateway);
            if (before.SequenceEqual(now))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }

        Assert.Equal(before, now);
    }
}
