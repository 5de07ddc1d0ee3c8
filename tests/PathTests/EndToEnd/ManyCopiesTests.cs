using Ecmr.Inspection.V1;
using Ecmr.Receipt.V1;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>Several copies of each role, as processes apart have them, on one set of engines.</summary>
public sealed class ManyCopiesTests(TestEngines engines)
{
    private const int Notes = 120;

    [Fact]
    public async Task Copies_share_the_work_and_rank_as_one_process_does()
    {
        var folder = Directory.CreateTempSubdirectory("ecmr-copies-").FullName;
        try
        {
            var settings = await engines.GatewaySettingsAsync();
            List<RunningGateway> copies = [];
            foreach (var roles in (string[])["ingress", "ingress", "relay", "scoring,relay", "scoring", "inspection"])
            {
                copies.Add(await RunningGateway.StartAsync(
                    folder, configure: null, [.. settings, $"--Roles={roles}"]));
            }

            var (ingress, inspection) = (copies[..2], copies[^1]);
            var first = await Task.WhenAll(Enumerable.Range(0, Notes).Select(
                number => SubmitAsync(ingress[number % 2], number)));
            await inspection.WaitUntilRankedAsync(first);
            var shared = await RankAsync(inspection);

            // A copy that goes leaves its shards to the other; what comes in then is scored as well.
            await copies[3].DisposeAsync();
            copies.RemoveAt(3);
            var second = await Task.WhenAll(Enumerable.Range(Notes, Notes).Select(
                number => SubmitAsync(ingress[number % 2], number)));
            await inspection.WaitUntilRankedAsync([.. first, .. second]);
            var afterwards = await RankAsync(inspection);

            await HotContent.WipeAsync(inspection);
            await inspection.WaitUntilRankedAsync();
            Assert.NotEmpty(shared);
            Assert.Equal(await RankAsync(inspection), afterwards);
            foreach (var copy in copies)
            {
                await copy.DisposeAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Receipt> SubmitAsync(RunningGateway gateway, int number)
    {
        var note = SampleNotes.OnTheRoad(
            plate: $"{10 + (number % 37)}-BCD-{number % 7}", carrier: $"NL1234567{10 + (number % 40)}B01",
            massKg: $"{10_000 + (number * 100)}");
        var answer = await gateway.Ingress.SubmitAsync(new() { Note = note }, await gateway.AsAsync("submitter"));
        return answer.Receipt;
    }

    private static async Task<List<RankedVehicle>> RankAsync(RunningGateway gateway)
    {
        var list = await gateway.Inspection.ListRankedVehiclesAsync(
            new() { Area = "rotterdam", PageSize = 500 }, await gateway.AsAsync("inspector", "ilt"));
        return [.. list.Vehicles];
    }
}
