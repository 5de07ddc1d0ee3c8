using System.Globalization;

namespace EcmrGateway.ArchitectureTests.Security;

/// <param name="Tests">As they are named: "Class.Method".</param>
internal sealed record Threat(int Number, IReadOnlyList<string> Tests, string Remains);

/// <summary>The table of threats in SECURITY.md.</summary>
internal static class ThreatTable
{
    /// <summary>Threats of the model that the gateway was designed after.</summary>
    public const int Threats = 17;

    private const string Header = "| # | threat | what the gateway does | test | what remains |";

    public static IReadOnlyList<Threat> Parse(string markdown) =>
    [
        .. markdown.ReplaceLineEndings("\n").Split('\n')
            .SkipWhile(line => line != Header)
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new Threat(
                int.Parse(cells[0], CultureInfo.InvariantCulture), [.. NamedTests.NamedBy(cells[3])], cells[4])),
    ];

    /// <summary>Rows that are missing, have no test, or do not say what remains.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<Threat> table)
    {
        foreach (var number in Enumerable.Range(1, Threats).Except(table.Select(threat => threat.Number)))
        {
            yield return $"threat {number} is not in the table";
        }

        foreach (var threat in table)
        {
            if (threat.Tests.Count == 0)
            {
                yield return $"threat {threat.Number} names no test";
            }

            if (threat.Remains.Length == 0)
            {
                yield return $"threat {threat.Number} does not say what remains";
            }
        }
    }
}
