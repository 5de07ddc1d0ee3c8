using EcmrGateway.Client.Errors;
using Spectre.Console;

namespace EcmrGateway.Cli.Rendering;

/// <summary>What the gateway answered instead of a result.</summary>
internal static class ErrorView
{
    public static void Write(IAnsiConsole console, string message) =>
        console.MarkupLineInterpolated($"[red]error[/] {message}");

    public static void Write(IAnsiConsole console, GatewayError error)
    {
        console.MarkupLineInterpolated($"[red]error[/] [bold]{Title(error)}[/] {error.Message}");
        if (error.RetryDelay is { } delay)
        {
            console.MarkupLineInterpolated($"      The same again can help in {delay.TotalSeconds:0.#} s.");
        }

        if (error.Problems.Count > 0)
        {
            console.Write(Problems(error.Problems));
        }
    }

    public static Table Problems(IEnumerable<FieldProblem> problems)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("Rule") { NoWrap = true });
        table.AddColumn("Field");
        table.AddColumn("What");
        foreach (var problem in problems)
        {
            table.AddRow(new Text(problem.Code, new Style(Color.Yellow)), new Text(problem.Field), new Text(problem.Description));
        }

        return table;
    }

    private static string Title(GatewayError error) =>
        error.Reason.Length > 0 ? $"{error.Reason} ({error.Code})" : error.Code.ToString();
}
