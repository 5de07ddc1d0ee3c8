using System.Globalization;
using EcmrGateway.Cli.Commands.Dlt;
using EcmrGateway.DeadLetters;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace EcmrGateway.Cli.Rendering;

/// <summary>Dead letters for people: where they are and what is wrong, and never what they hold.</summary>
internal static class DltView
{
    private static readonly Style Bad = new(Color.Red);
    private static readonly Style Dim = new(decoration: Decoration.Dim);

    public static void WriteKeys(IAnsiConsole screen, IReadOnlyList<DltKey> keys, TimeProvider clock)
    {
        if (keys.Count == 0)
        {
            screen.MarkupLine("[green]nothing is parked[/]");
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("Key") { NoWrap = true });
        table.AddColumn(new TableColumn("Part.").RightAligned());
        table.AddColumn(new TableColumn("For").RightAligned());
        table.AddColumn("Fault");
        table.AddColumn(new TableColumn("Records").RightAligned());
        table.AddColumn("State");
        foreach (var key in keys)
        {
            table.AddRow(
                new Text(key.Key, new Style(decoration: Decoration.Bold)), Number(key.Partition),
                new Text(Times.Age(Timestamp.FromDateTimeOffset(key.Since), clock)), new Text(key.Code, Bad),
                Number(key.Records), new Text(StateOf(key)));
        }

        screen.Write(table);
        screen.MarkupLineInterpolated(
            $"[dim]{Count(keys.Count, "key")}, {Count(keys.Sum(key => (long)key.Records), "record")}[/]");
    }

    public static void WriteKey(
        IAnsiConsole screen, DltKey key, IReadOnlyList<DltRecord> records, TimeProvider clock)
    {
        var since = Times.Local(Timestamp.FromDateTimeOffset(key.Since), clock);
        screen.MarkupLineInterpolated(
            $"[bold]{key.Key}[/] in partition {key.Partition}, since {since}: {StateOf(key)}");
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("Offset").RightAligned());
        table.AddColumn(new TableColumn("Position").RightAligned());
        table.AddColumn("Fault");
        table.AddColumn(new TableColumn("Bytes").RightAligned());
        table.AddColumn("Parked");
        foreach (var record in records)
        {
            table.AddRow(
                Number(record.Offset), new Text(record.Position),
                record.Code == "BEHIND" ? new Text("behind", Dim) : new Text(record.Code, Bad),
                record.Bytes < 0 ? new Text("none") : Number(record.Bytes),
                new Text(Times.Local(Timestamp.FromDateTimeOffset(record.ParkedTime), clock)));
        }

        screen.Write(table);
        if (key.Records > records.Count)
        {
            screen.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"[dim]and {key.Records - records.Count} more; --limit shows them[/]");
        }
    }

    public static void WriteDecision(CliSession session, DltDecision decision)
    {
        switch (decision.Outcome)
        {
            case DltOutcome.Released:
                session.Screen.MarkupLineInterpolated(
                    $"[green]released[/] {decision.Key} in partition {decision.Partition}");
                break;
            case DltOutcome.Kept:
                session.Screen.MarkupLineInterpolated(
                    $"[red]still parked[/] {decision.Key} in partition {decision.Partition}: {decision.Reason}");
                break;
            default:
                session.Notices.MarkupLineInterpolated(
                    $"[yellow]on record[/] {decision.Key} in partition {decision.Partition}: not done yet");
                session.Notices.MarkupLine("[dim]The scoring process that has the partition does it, also later.[/]");
                break;
        }
    }

    /// <summary>A request that was done already is no error; a key that never was is one.</summary>
    public static int WriteNotParked(CliSession session, IReadOnlyList<PartitionLetters> letters, string key)
    {
        var released = letters.Select(one => one.Released.GetValueOrDefault(key)).OfType<ControlRecord>()
            .OrderBy(one => one.Time).LastOrDefault();
        if (released is null)
        {
            ErrorView.Write(session.Notices, $"The key '{key}' is not parked.");
            return ExitCode.Refused;
        }

        var time = Times.Local(Timestamp.FromDateTimeOffset(released.Time), session.Host.Time);
        session.Notices.MarkupLineInterpolated($"{key} is not parked; it was released on {time}");
        return ExitCode.Ok;
    }

    private static string StateOf(DltKey key) => key.State switch
    {
        ParkedState.ReplayAsked => "replay asked for",
        ParkedState.DropAsked => $"drop asked for: {key.Note}",
        _ => key.Note.Length > 0 ? $"parked; tried again: {key.Note}" : "parked",
    };

    private static string Count(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    private static Text Number(long value) => new(value.ToString(CultureInfo.InvariantCulture));
}
