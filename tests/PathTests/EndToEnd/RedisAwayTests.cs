using Ecmr.Inspection.V1;
using EcmrGateway.Engines;
using EcmrGateway.PathTests.Gateway;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>While Redis is away: notes are taken, and inspectors get what was read last, with its age.</summary>
public sealed class RedisAwayTests : IAsyncLifetime
{
    private RedisNode? _redis;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _redis = await RedisNode.TryStartAsync();

    public ValueTask DisposeAsync() => _redis?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Lists_and_vehicles_that_were_read_are_told_with_their_age()
    {
        Assert.SkipWhen(_redis is null, RedisNode.Missing);
        await using var gateway = await StartAsync();
        await SubmitAsync(gateway, "12-BCD-3");
        await gateway.WaitUntilRankedAsync();
        var inspector = await gateway.AsAsync("inspector", "ilt");
        var listed = await ListAsync(gateway, inspector, "rotterdam");
        Assert.False(listed.Completeness.Degraded);
        Assert.Single(listed.Vehicles);
        using var watch = gateway.Inspection.WatchRankedVehicles(new() { Area = "rotterdam" }, inspector);
        Assert.True(await watch.ResponseStream.MoveNext(Stop));

        await _redis.KillAsync();

        var degraded = await ListAsync(gateway, inspector, "rotterdam");
        Assert.True(degraded.Completeness.Degraded);
        Assert.Equal(listed.Vehicles, degraded.Vehicles);
        var readTime = degraded.Completeness.ReadTime.ToDateTimeOffset();
        Assert.InRange(readTime, DateTimeOffset.MinValue, TimeProvider.System.GetUtcNow());
        var screened = await ScreenAsync(gateway, inspector, "12-BCD-3");
        Assert.True(screened.Completeness.Degraded);
        Assert.Single(screened.Vehicles);
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(Stop));
        }
        while (!watch.ResponseStream.Current.Completeness.Degraded);

        Assert.Equal(listed.Vehicles, watch.ResponseStream.Current.Vehicles);
    }

    [Fact]
    public async Task What_was_never_read_is_unavailable_and_not_unknown()
    {
        Assert.SkipWhen(_redis is null, RedisNode.Missing);
        await using var gateway = await StartAsync();
        await SubmitAsync(gateway, "12-BCD-3");
        await gateway.WaitUntilRankedAsync();
        var inspector = await gateway.AsAsync("inspector", "ilt");

        await _redis.KillAsync();

        var list = await Assert.ThrowsAsync<RpcException>(() => ListAsync(gateway, inspector, "venlo"));
        Assert.Equal(StatusCode.Unavailable, list.StatusCode);
        var screen = await Assert.ThrowsAsync<RpcException>(() => ScreenAsync(gateway, inspector, "99-ZZZ-9"));
        Assert.Equal(StatusCode.Unavailable, screen.StatusCode);
    }

    [Fact]
    public async Task Notes_are_taken_and_ranked_when_it_is_back()
    {
        Assert.SkipWhen(_redis is null, RedisNode.Missing);
        await using var gateway = await StartAsync();
        await SubmitAsync(gateway, "12-BCD-3");
        await gateway.WaitUntilRankedAsync();
        var inspector = await gateway.AsAsync("inspector", "ilt");
        Assert.Single((await ListAsync(gateway, inspector, "rotterdam")).Vehicles);
        await _redis.KillAsync();

        await SubmitAsync(gateway, "34-BCD-5");
        Assert.Single((await ListAsync(gateway, inspector, "rotterdam")).Vehicles);
        await _redis.StartAsync();

        for (var attempt = 0; attempt < 300; attempt++)
        {
            var list = await ListAsync(gateway, inspector, "rotterdam");
            if (list is { Completeness.Degraded: false, Vehicles.Count: 2 })
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }

        Assert.Fail("The second vehicle was not ranked within half a minute.");
    }

    private Task<RunningGateway> StartAsync() => RunningGateway.StartAsync(
        null, null, "--HotStore:Engine=Redis", $"--HotStore:ConnectionString={_redis!.Address}");

    private static async Task SubmitAsync(RunningGateway gateway, string plate) => await gateway.Ingress.SubmitAsync(
        new() { Note = SampleNotes.OnTheRoad(plate: plate) }, await gateway.AsAsync("submitter"));

    private static async Task<ListRankedVehiclesResponse> ListAsync(
        RunningGateway gateway, Metadata headers, string area) =>
        await gateway.Inspection.ListRankedVehiclesAsync(new() { Area = area }, headers);

    private static async Task<ScreenVehicleResponse> ScreenAsync(
        RunningGateway gateway, Metadata headers, string plate) =>
        await gateway.Inspection.ScreenVehicleAsync(new() { Plate = plate, Country = "NL" }, headers);
}
