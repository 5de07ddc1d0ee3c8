using Ecmr.Ingress.V1;
using Ecmr.Inspection.V1;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;
using Npgsql;
using StackExchange.Redis;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>
/// A fact of the ledger that nobody can read is in no score; it is counted, and everything else is scored as ever.
/// </summary>
/// <remarks>Processes of their own: in one process all gateways hear of each other's measurements.</remarks>
public sealed class UnreadableFactTests(TestEngines engines) : IDisposable
{
    private const string Unreadable = "ecmr_scoring_unreadable_total{";

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-path-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ff")]
    [InlineData("7a00")]
    public async Task It_is_left_out_and_counted(string bytes)
    {
        string[] settings = [.. await engines.GatewaySettingsAsync(), $"--Ledger:Folder={_folder}"];
        await using (var first = await GatewayProcess.StartAsync(settings))
        {
            await first.UntilAsync("ecmr_scoring_rebuilt{", share => share == 1);
            await EndAsync(first);
        }

        // It comes while nobody scores, so that the next who does takes it from the ledger.
        await using (var ingress = await GatewayProcess.StartAsync([.. settings, "--Roles=ingress"]))
        {
            await SubmitAsync(ingress, "12-BCD-1");
            await SubmitAsync(ingress, "12-BCD-2");
            await EndAsync(ingress);
        }

        await DamageOneAsync(Settings.Of(settings, "Ledger:ConnectionString"), bytes);
        await using var gateway = await GatewayProcess.StartAsync(settings);

        var counted = await gateway.UntilAsync(Unreadable, count => count > 0);
        await RankedAsync(gateway, vehicles: 1);

        await WipeAsync(Settings.Of(settings, "HotStore:ConnectionString"));
        await gateway.UntilAsync(Unreadable, count => count > counted);
        await RankedAsync(gateway, vehicles: 1);

        Assert.False(await ReportAsync(gateway, "12-BCD-1"));
        Assert.True(await ReportAsync(gateway, "12-BCD-2"));
    }

    private static async Task EndAsync(GatewayProcess gateway)
    {
        await gateway.TerminateAsync();
        Assert.Equal(0, await gateway.EndAsync());
    }

    private static async Task SubmitAsync(GatewayProcess gateway, string plate)
    {
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        await new IngressService.IngressServiceClient(channel).SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad(plate: plate) }, await gateway.AsAsync("submitter"));
    }

    /// <returns>Whether the ledger tells who drove.</returns>
    private static async Task<bool> ReportAsync(GatewayProcess gateway, string plate)
    {
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        var answer = await new InspectionService.InspectionServiceClient(channel).RecordOutcomeAsync(
            new()
            {
                RequestId = Guid.NewGuid().ToString(),
                Plate = plate,
                Country = "NL",
                InspectedTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
                VehiclesChecked = 1,
            },
            await gateway.AsAsync("inspector", "ilt"));
        return answer.CarrierKnown;
    }

    private static async Task DamageOneAsync(string database, string bytes)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var damage = source.CreateCommand(
            $"""
            UPDATE ledger.facts SET fact = '\x{bytes}'
            WHERE (shard, idx) = (SELECT shard, idx FROM ledger.facts ORDER BY shard, idx LIMIT 1)
            """);
        Assert.Equal(1, await damage.ExecuteNonQueryAsync(Cancellation));
    }

    private static async Task WipeAsync(string redis)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis},allowAdmin=true");
        await connection.GetServers()[0].FlushDatabaseAsync(connection.GetDatabase().Database);
    }

    private static async Task RankedAsync(GatewayProcess gateway, int vehicles)
    {
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        var inspection = new InspectionService.InspectionServiceClient(channel);
        var headers = await gateway.AsAsync("inspector", "ilt");
        var start = TimeProvider.System.GetTimestamp();
        ListRankedVehiclesResponse list;
        do
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(1), "Not ranked in time.");
            await GatewayProcess.PauseAsync();
            list = await inspection.ListRankedVehiclesAsync(new() { Area = "rotterdam", PageSize = 500 }, headers);
        }
        while (list.Completeness.RebuiltPercent < 100 || list.Vehicles.Count != vehicles);
    }
}
