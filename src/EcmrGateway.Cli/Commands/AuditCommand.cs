using System.CommandLine;
using Ecmr.Inspection.V1;
using EcmrGateway.Cli.Rendering;
using Spectre.Console;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr audit</c>: who looked at what, and why.</summary>
internal static class AuditCommand
{
    private const int PageMax = 1000;

    public static Command Create(CliApp app)
    {
        var limit = new Option<int>("--limit")
        {
            Description = "Lines to show, oldest first",
            DefaultValueFactory = _ => 1000,
        }.Between(1, 1_000_000);
        var command = new Command("audit", "List the accesses on record");
        command.Options.Add(limit);
        app.SetAction(command, async (session, parsed, cancellation) =>
        {
            var client = session.Connect(Roles.Auditor);
            var most = parsed.GetValue(limit);
            var request = new ListAccessRecordsRequest();
            var records = new List<AccessRecord>();
            do
            {
                request.PageSize = Math.Min(PageMax, most - records.Count);
                var page = await client
                    .CallAsync(options => client.Inspection.ListAccessRecordsAsync(request, options), cancellation)
                    .ConfigureAwait(false);
                records.AddRange(page.Records);
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0 && records.Count < most);

            Write(session, records);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Write(CliSession session, List<AccessRecord> records)
    {
        if (session.Json)
        {
            records.ForEach(session.WriteJson);
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("When", "Who", "What", "Subject", "Why");
        foreach (var record in records)
        {
            table.AddRow(
                new Text(Times.Local(record.Time, session.Host.Time)), new Text(record.Actor),
                new Text(record.Activity),
                new Text(record.Subject), new Text($"{record.Purpose}\n{record.LegalBasis}"));
        }

        session.Screen.Write(table);
    }
}
