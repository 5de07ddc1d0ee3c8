using System.CommandLine;
using EcmrGateway.Cli.Rendering;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr get</c>: a note of the own party with its receipt.</summary>
internal static class GetCommand
{
    public static Command Create(CliApp app)
    {
        var id = new Argument<string>("note-id") { Description = "Identifier of the note" };
        var command = new Command("get", "Show a note of the own party as it was recorded") { Arguments = { id } };
        app.SetAction(command, async (session, parsed, cancellation) =>
        {
            var client = session.Connect(Roles.Submitter);
            var answer = await client.GetAsync(parsed.GetRequiredValue(id), cancellation).ConfigureAwait(false);
            if (session.Json)
            {
                session.WriteJson(answer);
            }
            else
            {
                NoteView.Write(session.Screen, answer.Note, session.Host.Time);
                NoteView.WriteRecord(session.Screen, answer.Receipt, answer.ReceivedTime, session.Host.Time);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
