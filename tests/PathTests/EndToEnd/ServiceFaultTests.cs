using Ecmr.Ingress.V1;
using EcmrGateway.Host;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>A process that has lost a service it cannot do without ends, with a code and a line that says why.
/// </summary>
public sealed class ServiceFaultTests(TestEngines engines) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-fault-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_scoring_that_may_not_read_the_facts_any_more_ends_the_process()
    {
        var database = await (await engines.PostgresAsync()).CreateDatabaseAsync();
        await using var gateway = await GatewayProcess.StartAsync(
            $"--Ledger:Folder={_folder}", "--Ledger:Engine=Postgres", $"--Ledger:ConnectionString={database}",
            $"--Ledger:MigrationConnectionString={database}");
        await gateway.UntilAsync("ecmr_scoring_rebuilt{", share => share == 1);

        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        var headers = await gateway.AsAsync("submitter");
        await using var source = NpgsqlDataSource.Create(database);
        await using var revoke = source.CreateCommand(
            "REVOKE SELECT ON ledger.facts FROM ecmr_gateway, ecmr_fact_reader");
        await revoke.ExecuteNonQueryAsync(Cancellation);

        // A fact to be read; the first look at the facts may have come now, and the process be gone.
        await Record.ExceptionAsync(async () => await new IngressService.IngressServiceClient(channel).SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, headers));

        Assert.Equal(GatewayProgram.Failed, await gateway.EndAsync());
        Assert.Contains(
            "ScoringConsumer ended by itself: PostgresException, 42501: permission denied for table facts",
            gateway.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throw")]
    [InlineData("cancel")]
    [InlineData("return")]
    public async Task A_service_that_ends_in_any_way_stops_the_host(string how)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var ending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await RunningGateway.StartAsync(
            _folder, builder => builder.Services.AddHostedService(_ => new Failing(ending.Task)));
        using var _ = gateway.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(
            stopped.SetResult);
        Assert.False(stopped.Task.IsCompleted);

        switch (how)
        {
            case "throw":
                ending.SetException(new InvalidDataException("broken"));
                break;
            case "cancel":
                ending.SetCanceled(Cancellation);
                break;
            default:
                ending.SetResult();
                break;
        }

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation);
    }

    private sealed class Failing(Task ending) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => ending;
    }
}
