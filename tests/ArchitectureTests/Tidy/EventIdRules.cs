using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EcmrGateway.ArchitectureTests.Tidy;

/// <summary>Ids of log events: unique, and in the range of their project.</summary>
internal static class EventIdRules
{
    /// <summary>Ids of a project run from its base to 999 past it.</summary>
    private const int RangeLength = 1000;

    private static readonly Dictionary<string, int> Bases = new()
    {
        ["EcmrGateway.Ingress"] = 1000,
        ["EcmrGateway.Scoring"] = 2000,
        ["EcmrGateway.Inspection"] = 3000,
        ["EcmrGateway.Ledger"] = 4000,
        ["EcmrGateway.Host"] = 5000,
        ["EcmrGateway.HotStore"] = 6000,
        ["EcmrGateway.Streaming"] = 7000,
    };

    public static IEnumerable<string> Check(IEnumerable<SourceFile> files)
    {
        var owners = new Dictionary<int, string>();
        foreach (var file in files.Where(file => file.IsUnder("src")))
        {
            foreach (var message in LogMessages(file))
            {
                if (IdOf(message) is not { } id)
                {
                    yield return file.At(message, "a log message without a number as its event id");
                }
                else if (!Bases.TryGetValue(file.Project, out var first))
                {
                    yield return file.At(message, $"{file.Project} has no range of event ids");
                }
                else if (id < first || id >= first + RangeLength)
                {
                    yield return file.At(message, $"event id {id} is outside {first}..{first + RangeLength - 1}");
                }
                else if (!owners.TryAdd(id, file.At(message, "")))
                {
                    yield return file.At(message, $"event id {id} is taken by {owners[id]}");
                }
            }
        }
    }

    private static IEnumerable<AttributeSyntax> LogMessages(SourceFile file) =>
        file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
            .Where(attribute => CodeRules.LastName(attribute.Name) == "LoggerMessage");

    private static int? IdOf(AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? [];
        var named = arguments.FirstOrDefault(argument =>
            (argument.NameEquals?.Name ?? argument.NameColon?.Name)?.Identifier.Text is "EventId" or "eventId");
        var value = (named ?? arguments.FirstOrDefault())?.Expression.ToString();
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }
}
