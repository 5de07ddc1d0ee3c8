using Ecmr.Inspection.V1;
using EcmrGateway.PathTests.Gateway;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>The hot store holds nothing that cannot be rebuilt: losing it costs time, never a wrong score.</summary>
public class RebuildTests : GatewayTests
{
    [Fact]
    public async Task A_restart_ranks_as_before()
    {
        var gateway = await StartAsync();
        try
        {
            await SubmitAsync(gateway, 60);
            await gateway.WaitUntilRankedAsync();
            var before = await RankAsync(gateway);
            Assert.NotEmpty(before);

            gateway = await gateway.RestartAsync();
            await gateway.WaitUntilRankedAsync();

            Assert.Equal(before, await RankAsync(gateway));
        }
        finally
        {
            await gateway.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_hot_store_wiped_under_load_ranks_as_one_that_was_not()
    {
        await using var gateway = await StartAsync();
        for (var round = 0; round < 4; round++)
        {
            await SubmitAsync(gateway, 25);
            await HotContent.WipeAsync(gateway);
        }

        await SubmitAsync(gateway, 1);
        await gateway.WaitUntilRankedAsync();
        var wiped = await RankAsync(gateway);
        await HotContent.WipeAsync(gateway);
        await gateway.WaitUntilRankedAsync();

        Assert.NotEmpty(wiped);
        Assert.Equal(wiped, await RankAsync(gateway));
    }

    private static async Task SubmitAsync(RunningGateway gateway, int count)
    {
        var headers = await gateway.AsAsync("submitter");
        for (var i = 0; i < count; i++)
        {
            var note = SampleNotes.OnTheRoad(
                plate: $"12-BC{(char)('A' + (i % 20))}-{i % 7}", carrier: $"NL12345678{i % 5}B01",
                massKg: $"{10_000 + (i * 700)}");
            await gateway.Ingress.SubmitAsync(new() { Note = note }, headers);
        }
    }

    private static async Task<List<RankedVehicle>> RankAsync(RunningGateway gateway)
    {
        var headers = await gateway.AsAsync("inspector", "ilt");
        var list = await gateway.Inspection.ListRankedVehiclesAsync(
            new() { Area = "rotterdam", PageSize = 500 }, headers);
        return [.. list.Vehicles];
    }
}
