using System.Diagnostics;
using System.Net;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using Grpc.Health.V1;
using Xunit;
using Serving = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>Health tells what works without which engine.</summary>
public sealed class HealthTests(TestEngines engines)
{
    private const string IngressName = "ecmr.ingress.v1.IngressService";
    private const string InspectionName = "ecmr.inspection.v1.InspectionService";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_serves_on_the_embedded_engines()
    {
        await using var gateway = await RunningGateway.StartAsync();

        string[] names = ["live", "", IngressName, InspectionName, "relay", "scoring", "ledger", "hot-store"];
        foreach (var name in names)
        {
            Assert.Equal(Serving.Serving, await AskAsync(gateway, name));
        }

        foreach (var path in (string[])["live", "ready", "ledger", "hot-store", "stream"])
        {
            Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, path));
        }
    }

    [Fact]
    public async Task Everything_serves_on_the_servers()
    {
        await using var gateway = await RunningGateway.StartAsync(
            folder: null, configure: null, await engines.GatewaySettingsAsync());

        // The topic is made by the start; the broker tells of it a moment later.
        while (await AskAsync(gateway, "stream") != Serving.Serving)
        {
            await GatewayProcess.PauseAsync();
        }

        foreach (var name in (string[])["", IngressName, InspectionName, "relay", "scoring", "ledger", "hot-store"])
        {
            Assert.Equal(Serving.Serving, await AskAsync(gateway, name));
        }
    }

    [Fact]
    public async Task Notes_are_taken_in_while_Kafka_and_Redis_are_away_and_health_says_what_is()
    {
        var settings = await engines.GatewaySettingsAsync();
        var start = Stopwatch.GetTimestamp();
        await using var gateway = await RunningGateway.StartAsync(
            folder: null, configure: null,
            [
                .. settings, "--Stream:Kafka:BootstrapServers=127.0.0.1:1", "--Stream:Kafka:RequestTimeout=00:02:00",
                "--HotStore:ConnectionString=127.0.0.1:1,allowAdmin=true",
            ]);

        // Its start makes the tables, and the machine may be busy; but it does not wait for a request to time out.
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromMinutes(1.5));
        await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, await gateway.AsAsync("submitter"));
        foreach (var name in (string[])["live", "", IngressName, InspectionName, "ledger"])
        {
            Assert.Equal(Serving.Serving, await AskAsync(gateway, name));
        }

        foreach (var name in (string[])["relay", "scoring", "stream", "hot-store"])
        {
            Assert.Equal(Serving.NotServing, await AskAsync(gateway, name));
        }

        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, "ready"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(gateway, "stream"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(gateway, "hot-store"));
    }

    [Fact]
    public async Task Metrics_tell_of_calls_by_status_and_of_each_engine()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, await gateway.AsAsync("submitter"));
        await Assert.ThrowsAsync<Grpc.Core.RpcException>(
            async () => await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }));

        var metrics = await UntilAsync(gateway, "ecmr_host_engine_up{");

        string[] wanted =
        [
            "rpc_method=\"ecmr.ingress.v1.IngressService/Submit\",rpc_response_status_code=\"OK\"",
            "rpc_method=\"ecmr.ingress.v1.IngressService/Submit\",rpc_response_status_code=\"UNAUTHENTICATED\"",
            "engine=\"ledger\"} 1", "engine=\"hot-store\"} 1", "ecmr_scoring_lag",
        ];
        Assert.All(wanted, text => Assert.Contains(text, metrics, StringComparison.Ordinal));
    }

    private static async Task<string> UntilAsync(RunningGateway gateway, string text)
    {
        while (true)
        {
            var metrics = await gateway.Http.GetStringAsync("/metrics", Cancellation);
            if (metrics.Contains(text, StringComparison.Ordinal))
            {
                return metrics;
            }

            await GatewayProcess.PauseAsync();
        }
    }

    private static async Task<Serving> AskAsync(RunningGateway gateway, string service) =>
        (await new Health.HealthClient(gateway.Channel).CheckAsync(
            new() { Service = service }, cancellationToken: Cancellation)).Status;

    private static async Task<HttpStatusCode> GetAsync(RunningGateway gateway, string what)
    {
        using var response = await gateway.Http.GetAsync($"/health/{what}", Cancellation);
        return response.StatusCode;
    }
}
