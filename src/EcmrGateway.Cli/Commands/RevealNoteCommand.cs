using System.CommandLine;
using Ecmr.Inspection.V1;
using EcmrGateway.Cli.Rendering;
using Spectre.Console;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr reveal-note</c>: the note behind a score, after an audit line is on record.</summary>
internal static class RevealNoteCommand
{
    public static Command Create(CliApp app)
    {
        var position = new Argument<ulong>("position") { Description = "Position of the note, as rank shows it" };
        var reasons = new AccessReasons();
        var command = new Command("reveal-note", "Show a note; purpose and legal basis are put on record")
        {
            Arguments = { position },
        };
        reasons.AddTo(command);
        app.SetAction(command, async (session, parsed, cancellation) =>
        {
            var request = new RevealConsignmentNoteRequest
            {
                NotePosition = parsed.GetRequiredValue(position),
                Reason = reasons.Get(session, parsed),
            };
            var client = session.Connect(Roles.Inspector);
            var answer = await client
                .CallAsync(options => client.Inspection.RevealConsignmentNoteAsync(request, options), cancellation)
                .ConfigureAwait(false);
            if (session.Json)
            {
                session.WriteJson(answer);
                return ExitCode.Ok;
            }

            NoteView.Write(session.Screen, answer.Note, session.Host.Time);
            NoteView.WriteRecord(session.Screen, answer.Receipt, answer.ReceivedTime, session.Host.Time);
            session.Screen.MarkupLineInterpolated($"[dim]access {answer.OperationId} is on record[/]");
            return ExitCode.Ok;
        });
        return command;
    }
}
