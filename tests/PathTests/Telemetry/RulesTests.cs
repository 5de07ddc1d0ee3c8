using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>The alerts and dashboards that the chart ships.</summary>
public sealed partial class RulesTests
{
    [Fact]
    public async Task Prometheus_takes_the_rules()
    {
        var (code, output) = await Promtool.RunAsync(
            ["check", "rules", "--lint=all", "--lint-fatal", .. Observability.RuleFiles]);

        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task Alerts_fire_when_they_should_and_end()
    {
        var (code, output) = await Promtool.RunAsync(["test", "rules", .. TestFiles()]);

        Assert.True(code == 0, output);
    }

    [Fact]
    public async Task An_alert_that_does_not_fire_is_noticed()
    {
        var folder = Directory.CreateTempSubdirectory("ecmr-rules-");
        var rules = await File.ReadAllTextAsync(
            Path.Combine(Observability.RulesFolder, "causes.yaml"), TestContext.Current.CancellationToken);
        var tests = await File.ReadAllTextAsync(
            Path.Combine(Observability.RuleTestsFolder, "causes.test.yaml"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "causes.yaml"),
            rules.Replace("parked_keys) > 0", "parked_keys) > 5", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        var test = Path.Combine(folder.FullName, "causes.test.yaml");
        await File.WriteAllTextAsync(
            test, tests.Replace("../../helm/ecmr-gateway/files/rules/", "", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var (code, output) = await Promtool.RunAsync(["test", "rules", test]);

        folder.Delete(recursive: true);
        Assert.NotEqual(0, code);
        Assert.Contains("FactsParked", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_alert_says_what_it_is_and_where_to_read_on()
    {
        var alerts = Observability.Rules.Where(rule => rule.Alert.Length > 0).ToList();
        Assert.Contains(alerts, rule => rule.Text.Contains("severity: page", StringComparison.Ordinal));
        Assert.Contains(alerts, rule => rule.Text.Contains("severity: ticket", StringComparison.Ordinal));
        Assert.All(alerts, rule =>
        {
            Assert.Matches(@"\bseverity: (page|ticket)\n", rule.Text);
            Assert.Matches(@"\bservice: ecmr-gateway\n", rule.Text);
            Assert.Matches(@"\bsummary: \S.*\n", rule.Text);
            Assert.Matches(@"\bdescription: >-\n +\S", rule.Text);
            Assert.EndsWith(
                $"runbook_url: RUNBOOK.md#{rule.Alert.ToLowerInvariant()}", rule.Text.TrimEnd(),
                StringComparison.Ordinal);
        });
        Assert.Equal(alerts.Count, alerts.Select(rule => rule.Alert).Distinct().Count());
    }

    [Fact]
    public void Each_alert_is_tested_before_while_and_after_it_fires()
    {
        var checks = TestFiles().SelectMany(file => Check().Matches(File.ReadAllText(file)))
            .ToLookup(check => check.Groups["alert"].Value, check => check.Groups["none"].Success);

        Assert.All(Observability.Rules.Where(rule => rule.Alert.Length > 0), rule =>
        {
            var none = checks[rule.Alert].ToList();
            Assert.True(none.Contains(false), $"{rule.Alert} never fires in a test.");
            Assert.True(none.IndexOf(true) < none.IndexOf(false), $"{rule.Alert} is not quiet before.");
            Assert.True(none.LastIndexOf(true) > none.IndexOf(false), $"{rule.Alert} is not over afterwards.");
        });
    }

    [Fact]
    public void Each_dashboard_has_its_datasource_by_variable_and_says_what_each_panel_shows()
    {
        var ids = new List<string>();
        foreach (var file in Observability.DashboardFiles)
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            var name = Path.GetFileNameWithoutExtension(file);
            ids.Add(json.RootElement.GetProperty("uid").GetString()!);
            Assert.Equal($"ecmr-{name}", ids[^1]);
            Assert.NotEmpty(json.RootElement.GetProperty("title").GetString()!);
            var variable = Assert.Single(
                json.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray());
            Assert.Equal("datasource", variable.GetProperty("type").GetString());
            var panels = json.RootElement.GetProperty("panels").EnumerateArray().ToList();
            Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
            Assert.All(panels.Where(panel => panel.GetProperty("type").GetString() != "row"), Shown);
        }

        Assert.Equal(["ecmr-ingress", "ecmr-inspection", "ecmr-on-call", "ecmr-relay", "ecmr-scoring"], ids);
    }

    private static void Shown(JsonElement panel)
    {
        Assert.Matches(@"\A[^.]+(\.\d[^.]*)*\.\z", panel.GetProperty("description").GetString());
        Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString());
        Assert.Contains(
            panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString(),
            (string[])["s", "short", "ops", "percentunit", "bytes"]);
        var place = panel.GetProperty("gridPos");
        Assert.InRange(place.GetProperty("x").GetInt32() + place.GetProperty("w").GetInt32(), 1, 24);
        Assert.NotEmpty(panel.GetProperty("targets").EnumerateArray());
    }

    private static string[] TestFiles() => Directory.GetFiles(Observability.RuleTestsFolder, "*.test.yaml");

    [GeneratedRegex(@"alertname: (?<alert>\w+)\n +exp_alerts:(?<none> \[\])?")]
    private static partial Regex Check();
}
