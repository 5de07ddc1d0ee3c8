using System.Text.Json;
using System.Text.RegularExpressions;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>A rule as its file has it.</summary>
/// <param name="Alert">Empty: it records.</param>
/// <param name="Text">The whole rule.</param>
internal sealed record PrometheusRule(string Alert, string Record, string Expression, string Text);

/// <summary>A query of a dashboard's panel.</summary>
internal sealed record DashboardQuery(string Dashboard, string Panel, string Expression);

/// <summary>Rules and dashboards as they are shipped with the chart.</summary>
internal static partial class Observability
{
    private static readonly string Root = RootOf(AppContext.BaseDirectory);

    public static string RulesFolder { get; } = Path.Combine(Root, "helm/ecmr-gateway/files/rules");

    public static string RuleTestsFolder { get; } = Path.Combine(Root, "tests/Rules");

    public static IReadOnlyList<string> RuleFiles { get; } = Files(RulesFolder, "*.yaml");

    public static IReadOnlyList<string> DashboardFiles { get; } =
        Files(Path.Combine(Root, "helm/ecmr-gateway/files/dashboards"), "*.json");

    public static IReadOnlyList<PrometheusRule> Rules { get; } =
        [.. RuleFiles.SelectMany(file => RulesIn(File.ReadAllText(file)))];

    public static IReadOnlyList<DashboardQuery> Queries { get; } = [.. DashboardFiles.SelectMany(QueriesOf)];

    public static IEnumerable<PrometheusRule> RulesIn(string yaml) => RuleStart().Split(yaml).Skip(1).Select(text =>
    {
        var head = RuleHead().Match(text);
        var expression = Expression().Match(text).Groups["expr"].Value;
        return new PrometheusRule(
            head.Groups["kind"].Value == "alert" ? head.Groups["name"].Value : "",
            head.Groups["kind"].Value == "record" ? head.Groups["name"].Value : "",
            expression.Replace("|-", "", StringComparison.Ordinal), text);
    });

    private static IEnumerable<DashboardQuery> QueriesOf(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var panel in json.RootElement.GetProperty("panels").EnumerateArray())
        {
            if (panel.TryGetProperty("targets", out var targets))
            {
                foreach (var target in targets.EnumerateArray())
                {
                    yield return new(
                        Path.GetFileNameWithoutExtension(file), panel.GetProperty("title").GetString()!,
                        target.GetProperty("expr").GetString()!);
                }
            }
        }
    }

    private static string[] Files(string folder, string pattern) =>
        [.. Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal)];

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "EcmrGateway.sln"))
        ? folder
        : RootOf(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Outside of the repository."));

    [GeneratedRegex(@"^ +- (?=(?:alert|record): )", RegexOptions.Multiline)]
    private static partial Regex RuleStart();

    [GeneratedRegex(@"\A(?<kind>alert|record): (?<name>\S+)")]
    private static partial Regex RuleHead();

    /// <summary>From its key to the next one of the rule, whose keys are indented by eight.</summary>
    [GeneratedRegex(@"^ {8}expr:(?<expr>.*(?:\n(?: {9,}.*)?)*)", RegexOptions.Multiline)]
    private static partial Regex Expression();
}
