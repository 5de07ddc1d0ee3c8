using System.Text.RegularExpressions;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>Names of metrics in expressions, in the rules and in a scrape.</summary>
internal static partial class PromQl
{
    private static readonly HashSet<string> Words = ["and", "or", "unless", "bool", "offset", "inf", "nan"];

    /// <summary>Metrics that an expression reads.</summary>
    public static IReadOnlySet<string> NamesIn(string expression)
    {
        var bare = Aggregation().Replace(Range().Replace(Selector().Replace(expression, " "), " "), " ");
        return Name().Matches(bare)
            .Where(match => !match.Groups["call"].Success && !Words.Contains(match.Groups["name"].Value))
            .Select(match => match.Groups["name"].Value)
            .ToHashSet();
    }

    /// <summary>Names of samples in the text of a scrape.</summary>
    public static IReadOnlySet<string> NamesScraped(string scrape) => scrape.Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line[..line.IndexOfAny(['{', ' '])])
        .ToHashSet();

    /// <summary>Label selectors, with text in quotation marks that may hold braces.</summary>
    [GeneratedRegex("""\{(?:"(?:[^"\\]|\\.)*"|[^"}])*\}""")]
    private static partial Regex Selector();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Aggregation();

    [GeneratedRegex(@"(?<![\w.])(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<call>\s*\()?")]
    private static partial Regex Name();
}
