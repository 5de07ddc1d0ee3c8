using Ecmr.Inspection.V1;
using EcmrGateway.PathTests.Gateway;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>Lists of an area: pages, windows, the watch, and wrong requests.</summary>
public class RankTests : GatewayTests
{
    [Fact]
    public async Task Pages_together_are_the_whole_list_in_order()
    {
        await using var gateway = await StartAsync();
        var inspector = await gateway.AsAsync("inspector", "ilt");
        await SubmitAsync(gateway, 25);
        var whole = await gateway.Inspection.ListRankedVehiclesAsync(
            new() { Area = "rotterdam", PageSize = 500 }, inspector);

        var pages = new List<RankedVehicle>();
        var request = new ListRankedVehiclesRequest { Area = "rotterdam", PageSize = 7 };
        do
        {
            var page = await gateway.Inspection.ListRankedVehiclesAsync(request, inspector);
            Assert.InRange(page.Vehicles.Count, 1, 7);
            pages.AddRange(page.Vehicles);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(25, pages.Count);
        Assert.Equal(whole.Vehicles, pages);
        Assert.Equal(pages.OrderByDescending(vehicle => vehicle.Score).Select(vehicle => vehicle.Score),
            pages.Select(vehicle => vehicle.Score));
    }

    [Fact]
    public async Task A_vehicle_is_listed_when_and_where_it_passes_and_not_elsewhere()
    {
        await using var gateway = await StartAsync();
        var inspector = await gateway.AsAsync("inspector", "ilt");
        await SubmitAsync(gateway, 1);
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);

        var zwolle = await gateway.Inspection.ListRankedVehiclesAsync(new() { Area = "zwolle" }, inspector);
        var later = await gateway.Inspection.ListRankedVehiclesAsync(
            new()
            {
                Area = "rotterdam",
                WindowStart = tomorrow.ToTimestamp(),
                WindowEnd = tomorrow.AddHours(2).ToTimestamp(),
            },
            inspector);

        Assert.Empty(zwolle.Vehicles);
        Assert.Empty(later.Vehicles);
    }

    [Fact]
    public async Task A_watch_tells_a_change_soon()
    {
        await using var gateway = await StartAsync();
        using var watch = gateway.Inspection.WatchRankedVehicles(
            new() { Area = "rotterdam" }, await gateway.AsAsync("inspector", "ilt"));
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Empty(watch.ResponseStream.Current.Vehicles);

        await SubmitAsync(gateway, 1);
        while (watch.ResponseStream.Current.Vehicles.Count == 0)
        {
            Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        }

        Assert.Single(watch.ResponseStream.Current.Vehicles);
    }

    [Theory]
    [InlineData("atlantis", 0, "", "AREA_NOT_FOUND")]
    [InlineData("", 0, "", "REQUEST_INVALID")]
    [InlineData("rotterdam", -1, "", "REQUEST_INVALID")]
    [InlineData("rotterdam", 0, "made-up", "PAGE_TOKEN_INVALID")]
    public async Task A_wrong_request_is_told_so(string area, int pageSize, string token, string reason)
    {
        await using var gateway = await StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await gateway.Inspection.ListRankedVehiclesAsync(
                new() { Area = area, PageSize = pageSize, PageToken = token },
                await gateway.AsAsync("inspector", "ilt")));

        Assert.Equal(reason, refused.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);
    }

    private static async Task SubmitAsync(RunningGateway gateway, int count)
    {
        var headers = await gateway.AsAsync("submitter");
        for (var i = 0; i < count; i++)
        {
            await gateway.Ingress.SubmitAsync(
                new() { Note = SampleNotes.OnTheRoad(plate: $"{10 + i}-BCD-3", massKg: $"{20_000 + (i * 1_000)}") },
                headers);
        }

        await gateway.WaitUntilRankedAsync();
    }
}
