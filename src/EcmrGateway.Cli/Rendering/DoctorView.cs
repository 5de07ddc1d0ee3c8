using EcmrGateway.Doctor;
using Spectre.Console;

namespace EcmrGateway.Cli.Rendering;

/// <summary>What the doctor found, for people: what is wrong stands out, with what to do below it.</summary>
internal static class DoctorView
{
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    public static void Write(IAnsiConsole screen, IReadOnlyList<Finding> findings)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("Result") { NoWrap = true });
        table.AddColumn(new TableColumn("Check") { NoWrap = true });
        table.AddColumn("What");
        foreach (var finding in findings)
        {
            var (word, style) = Result(finding.State);
            table.AddRow(
                new Text(word, style), new Text(finding.Check),
                new Text(finding.Says, finding.State is FindingState.NotChecked ? Dim : Style.Plain));
            if (finding.Do.Length > 0)
            {
                table.AddRow(Text.Empty, Text.Empty, new Text($"-> {finding.Do}", style));
            }
        }

        screen.Write(table);
        var wrong = findings.Count(finding => finding.State is FindingState.Wrong);
        var warnings = findings.Count(finding => finding.State is FindingState.Warning);
        screen.MarkupLine(
            (wrong, warnings) switch
            {
                (0, 0) => "[green]all is well[/]",
                (0, _) => $"[yellow]nothing is wrong[/], look at {warnings}",
                _ => $"[red]{wrong} wrong[/], look at {warnings}",
            });
    }

    private static (string Word, Style Style) Result(FindingState state) => state switch
    {
        FindingState.Ok => ("ok", new(Color.Green)),
        FindingState.Warning => ("look", new(Color.Yellow)),
        FindingState.Wrong => ("wrong", new(Color.Red)),
        _ => ("-", Dim),
    };
}
