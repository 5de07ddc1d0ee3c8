using EcmrGateway.Client.Errors;
using Spectre.Console;

namespace EcmrGateway.Cli.Rendering;

/// <summary>What the gateway answered instead of a result.</summary>
internal static class ErrorView
{
    private const int FieldsShown = 2;

    public static void Write(IAnsiConsole console, string message) =>
        console.MarkupLineInterpolated($"[red]error[/] {message}");

    public static void Write(IAnsiConsole console, GatewayError error)
    {
        console.MarkupLineInterpolated($"[red]error[/] [bold]{Title(error)}[/] {error.Message}");
        if (error.RetryDelay is { } delay)
        {
            console.MarkupLineInterpolated($"      The same again can help in {delay.TotalSeconds:0.#} s.");
        }

        // A violation that only repeats the error's own reason says nothing new.
        var problems = error.Problems.Where(problem => problem.Description.Length > 0).ToList();
        if (problems.Count > 0)
        {
            console.Write(Problems(problems));
        }
    }

    public static Table Problems(IEnumerable<FieldProblem> problems)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("Rule") { NoWrap = true });
        table.AddColumn("Field");
        table.AddColumn("What");
        foreach (var same in problems.GroupBy(problem => (problem.Code, problem.Description)))
        {
            table.AddRow(
                new Text(same.Key.Code, new Style(Color.Yellow)),
                new Text(Fields([.. same.Select(problem => problem.Field)])),
                new Text(same.Key.Description));
        }

        return table;
    }

    /// <summary>The first of many places and how many more there are.</summary>
    public static string Fields(IReadOnlyList<string> fields) => fields.Count <= FieldsShown
        ? string.Join('\n', fields)
        : $"{fields[0]}\nand {fields.Count - 1} more";

    private static string Title(GatewayError error) =>
        error.Reason.Length > 0 ? $"{error.Reason} ({error.Code})" : error.Code.ToString();
}
