using System.Globalization;
using Ecmr.Inspection.V1;

namespace EcmrGateway.Cli.Rendering;

/// <summary>Says how much of what is known an answer is made of.</summary>
internal static class CompletenessText
{
    /// <returns>Lines of markup.</returns>
    public static IEnumerable<string> Lines(Completeness? completeness, TimeProvider clock)
    {
        if (completeness is null)
        {
            yield break;
        }

        if (completeness.Degraded)
        {
            var age = Times.Age(completeness.ReadTime, clock);
            yield return $"[red]The hot store cannot be reached: this was read {age} ago, and may be short.[/]";
        }

        if (completeness.RebuiltPercent < 100)
        {
            yield return $"[yellow]A rebuild is at {completeness.RebuiltPercent} %, newest notes first: " +
                "the list may be short.[/]";
        }

        var behind = completeness.NewestPosition - Math.Min(completeness.ScoredPosition, completeness.NewestPosition);
        yield return behind == 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"[green]Complete[/] [dim]up to entry {completeness.NewestPosition:N0}.[/]")
            : string.Create(CultureInfo.InvariantCulture,
                $"[yellow]{behind:N0} entries are not scored yet[/] [dim](after {completeness.ScoredPosition})[/]");
    }
}
