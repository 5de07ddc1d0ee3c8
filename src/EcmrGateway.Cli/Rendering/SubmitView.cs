using System.Globalization;
using EcmrGateway.Cli.Commands;
using EcmrGateway.Client.Dialects;
using Spectre.Console;

namespace EcmrGateway.Cli.Rendering;

/// <summary>The closing account of a submit.</summary>
internal static class SubmitView
{
    private const int RefusalsShown = 5;

    public static void Write(IAnsiConsole console, SubmitTally tally)
    {
        WriteRemarks(console, tally);
        WriteRefusals(console, tally);
        var rate = tally.Seconds > 0 ? tally.Answered / tally.Seconds : 0;
        var unreadable = tally.Unreadable > 0 ? $", [red]{tally.Unreadable} unreadable[/]" : "";
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"[green]{tally.Accepted:N0} accepted[/], {tally.AlreadyRecorded:N0} already recorded, " +
            $"[{(tally.Refused > 0 ? "red" : "default")}]{tally.Refused:N0} refused[/]{unreadable} " +
            $"in {tally.Seconds:0.0} s ({rate:N0} notes/s)"));
        WriteCodes(console, "refused for", tally.RefusedByCode);
        WriteCodes(console, "warned of", tally.WarningsByCode);
        if (tally.WrongOnPurposeRefused + tally.WrongOnPurposeAccepted > 0)
        {
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture,
                $"  made wrong on purpose: {tally.WrongOnPurposeRefused:N0} refused as they should be, " +
                $"{tally.WrongOnPurposeAccepted:N0} accepted"));
        }
    }

    private static void WriteRemarks(IAnsiConsole console, SubmitTally tally)
    {
        if (tally.Remarks.Count == 0)
        {
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("Reading", "Where", "Why");
        foreach (var same in tally.Remarks.GroupBy(remark => (remark.Source, remark.Kind, remark.Reason)))
        {
            var (kind, color) = same.Key.Kind switch
            {
                RemarkKind.Unreadable => ("unreadable", Color.Red),
                RemarkKind.NotMapped => ("not mapped", Color.Yellow),
                _ => ("doubt", Color.Blue),
            };
            var where = ErrorView.Fields([.. same.Select(remark => remark.Path)]);
            table.AddRow(
                new Text(kind, new Style(color)),
                new Text($"{Path.GetFileName(same.Key.Source)}\n{where}"),
                new Text(same.Key.Reason));
        }

        console.Write(table);
    }

    private static void WriteRefusals(IAnsiConsole console, SubmitTally tally)
    {
        foreach (var refusal in tally.Refusals.Take(RefusalsShown))
        {
            console.MarkupLineInterpolated(
                $"[red]refused[/] note {refusal.NoteId} [bold]{refusal.Reason}[/] {refusal.Message}");
            if (refusal.Problems.Count > 0)
            {
                console.Write(ErrorView.Problems(refusal.Problems));
            }
        }

        if (tally.Refusals.Count > RefusalsShown)
        {
            console.MarkupLineInterpolated(
                $"[dim]and {tally.Refusals.Count - RefusalsShown} more; --json tells them[/]");
        }
    }

    private static void WriteCodes(IAnsiConsole console, string title, IReadOnlyDictionary<string, int> codes)
    {
        if (codes.Count > 0)
        {
            var text = string.Join(", ", codes.OrderByDescending(code => code.Value).Select(code => string.Create(
                CultureInfo.InvariantCulture, $"{code.Key} {code.Value:N0}")));
            console.MarkupLineInterpolated($"  {title}: {text}");
        }
    }
}
