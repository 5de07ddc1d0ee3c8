using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>What rules and dashboards ask for is what a gateway with all roles tells under load.</summary>
public sealed class MetricNamesTests(TestEngines engines)
{
    /// <summary>What Prometheus adds by itself.</summary>
    private static readonly string[] OfPrometheus = ["ALERTS"];

    [Fact]
    public async Task Every_metric_that_is_asked_for_is_there()
    {
        var scrape = await ScrapeAsync(await engines.GatewaySettingsAsync());

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
        Assert.Equal(names.Split(','), PromQl.NamesIn(expression).Where(name => name != "m").Order());

    [Fact]
    public async Task Latencies_have_exemplars_that_name_the_trace()
    {
        var trace = System.Diagnostics.ActivityTraceId.CreateRandom();
        using var listener = Spans.Listen();
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.WaitUntilRankedAsync();
        var headers = await gateway.AsAsync("submitter");
        headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }, headers);
        await gateway.WaitUntilRankedAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("Accept", "application/openmetrics-text; version=1.0.0");
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n')
            .Where(line => line.Contains($"# {{trace_id=\"{trace}\"", StringComparison.Ordinal)).ToList();

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

    private static async Task<string> ScrapeAsync(string[] settings)
    {
        await using var gateway = await RunningGateway.StartAsync(folder: null, configure: null, settings);
        await gateway.WaitUntilRankedAsync();
        var submitter = await gateway.AsAsync("submitter");
        var inspector = await gateway.AsAsync("inspector", "ilt");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async number => await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad(plate: $"{10 + (number % 80)}-BCD-3") }, submitter)));
        await Assert.ThrowsAsync<RpcException>(async () => await gateway.Ingress.SubmitAsync(new(), submitter));
        await gateway.Inspection.ScreenVehicleAsync(new() { Plate = "12-BCD-3" }, inspector);
        await gateway.WaitUntilRankedAsync();
        return await gateway.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
    }
}
