using EcmrGateway.Client.Verify;
using Spectre.Console;

namespace EcmrGateway.Cli.Rendering;

/// <summary>The steps of a verification.</summary>
internal static class VerifyView
{
    public static void Write(IAnsiConsole console, string file, VerificationReport report)
    {
        console.MarkupLineInterpolated($"[bold]{Path.GetFileName(file)}[/]");
        foreach (var result in report.Results)
        {
            var mark = result.Outcome switch
            {
                VerificationOutcome.Passed => "[green]passed [/]",
                VerificationOutcome.Failed => "[red]FAILED [/]",
                _ => "[dim]skipped[/]",
            };
            console.MarkupLine($"  {mark} {result.Step,-10} {Markup.Escape(result.Detail)}");
        }

        console.MarkupLine(report.IsVerified ? "[green]verified[/]" : "[red]NOT VERIFIED[/]");
    }

    public static void WriteSummary(IAnsiConsole console, int all, int verified) =>
        console.MarkupLineInterpolated($"{all} receipts, {verified} verified, {all - verified} not verified");
}
