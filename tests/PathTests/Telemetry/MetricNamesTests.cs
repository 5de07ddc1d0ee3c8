using Ecmr.Ingress.V1;
using Ecmr.Inspection.V1;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>What rules and dashboards ask for is what a gateway with all roles tells under load.</summary>
public sealed class MetricNamesTests(TestEngines engines)
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    /// <summary>What Prometheus adds by itself.</summary>
    private static readonly string[] OfPrometheus = ["ALERTS"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_metric_that_is_asked_for_is_there()
    {
        // Facts may be scored from the ledger before they come over the topic.
        var scrape = await ScrapeAsync(
            await engines.GatewaySettingsAsync(), lastToCome: "messaging_process_duration_seconds_count{");

        Assert.Empty(Missing(Expressions(), scrape));
        Assert.Equal(
            ["ecmr_ingress_ntes_total"], Missing([.. Expressions(), "sum(rate(ecmr_ingress_ntes_total[5m]))"], scrape));
        await CheckAsync(scrape);
    }

    [Fact]
    public async Task Names_and_units_are_as_Prometheus_wants_them_on_the_embedded_engines() =>
        await CheckAsync(await ScrapeAsync([]));

    [Fact]
    public async Task A_wrong_name_or_unit_is_noticed()
    {
        var (code, output) = await Promtool.RunAsync(
            ["check", "metrics"],
            "# HELP ecmr_wait_milliseconds Waits.\n# TYPE ecmr_wait_milliseconds gauge\necmr_wait_milliseconds 1\n");

        Assert.NotEqual(0, code);
        Assert.Contains("base unit", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sum by (le, x) (rate(a_bucket{b=\"}c_d{\", le=~\"1|2\"}[5m])) / on (slo) d:e_f", "a_bucket,d:e_f")]
    [InlineData("(max(a) > 14.4 * b and c{d=\"e\"} > 1e3) or absent(f{g=\"h\"}) * 3600 or vector(0)", "a,b,c,f")]
    [InlineData("a offset 5m unless ignoring (b) c", "a,c")]
    public void Names_are_found_in_an_expression(string expression, string names) =>
        Assert.Equal(names.Split(','), PromQl.NamesIn(expression).Order());

    [Fact]
    public async Task Latencies_have_exemplars_that_name_the_trace()
    {
        // Traced as for a collector, which need not be there.
        var scrape = await ScrapeAsync(
            ["--Telemetry:OtlpEndpoint=http://127.0.0.1:1"], "application/openmetrics-text; version=1.0.0");

        var lines = scrape.Split('\n')
            .Where(line => line.Contains($"# {{trace_id=\"{Trace}\"", StringComparison.Ordinal)).ToList();
        foreach (var name in (string[])
            ["rpc_server_call_duration_seconds", "ecmr_ingress_submit_duration_seconds",
            "ecmr_scoring_submit_to_ranked_delay_seconds"])
        {
            Assert.Contains(lines, line => line.StartsWith($"{name}_bucket", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Expressions() =>
        [.. Observability.Rules.Select(rule => rule.Expression), .. Observability.Queries.Select(query =>
            query.Expression)];

    private static string[] Missing(IEnumerable<string> expressions, string scrape)
    {
        var known = PromQl.NamesScraped(scrape)
            .Concat(Observability.Rules.Select(rule => rule.Record)).Concat(OfPrometheus).ToHashSet();
        return [.. expressions.SelectMany(PromQl.NamesIn).Where(name => !known.Contains(name)).Distinct()];
    }

    private static async Task CheckAsync(string scrape)
    {
        var (code, output) = await Promtool.RunAsync(["check", "metrics"], scrape);
        Assert.True(code == 0, output);
    }

    /// <summary>Of a process of its own: in one process all gateways hear of each other's measurements.</summary>
    /// <param name="lastToCome">Begin of a sample that must be there too; null: none.</param>
    private static async Task<string> ScrapeAsync(
        string[] settings, string format = "text/plain", string? lastToCome = null)
    {
        const int Notes = 200;
        var folder = Directory.CreateTempSubdirectory("ecmr-path-").FullName;
        await using var gateway = await GatewayProcess.StartAsync([.. settings, $"--Ledger:Folder={folder}"]);
        using var channel = GrpcChannel.ForAddress(gateway.GrpcAddress);
        var ingress = new IngressService.IngressServiceClient(channel);
        var submitter = await gateway.AsAsync("submitter");
        submitter.Add("traceparent", $"00-{Trace}-00f067aa0ba902b7-01");
        var inspector = await gateway.AsAsync("inspector", "ilt");
        await gateway.UntilAsync("ecmr_scoring_rebuilt{", share => share == 1);
        await Task.WhenAll(Enumerable.Range(0, Notes).Select(async number => await ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad(plate: $"{10 + (number % 80)}-BCD-3") }, submitter)));
        await Assert.ThrowsAsync<RpcException>(async () => await ingress.SubmitAsync(new(), submitter));
        await new InspectionService.InspectionServiceClient(channel)
            .ScreenVehicleAsync(new() { Plate = "12-BCD-3" }, inspector);
        await gateway.UntilAsync("ecmr_scoring_submit_to_ranked_delay_seconds_count{", count => count >= Notes);

        if (lastToCome is not null)
        {
            await gateway.UntilAsync(lastToCome, count => count > 0);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("Accept", format);
        using var response = await gateway.Http.SendAsync(request, Cancellation);
        Directory.Delete(folder, recursive: true);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }
}
