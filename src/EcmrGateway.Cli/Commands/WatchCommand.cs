using System.CommandLine;
using EcmrGateway.Cli.Rendering;
using Spectre.Console;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr watch</c>: follows the own party's notes until it is stopped.</summary>
internal static class WatchCommand
{
    public static Command Create(CliApp app)
    {
        var resume = new Option<string?>("--resume")
        {
            Description = "Token of the last answer seen [from the first note]",
        };
        var notes = new Option<bool>("--notes") { Description = "Show the notes and not their identifiers alone" };
        var limit = new Option<long>("--limit") { Description = "Stop after this many notes [0: until Ctrl-C]" };
        var command = new Command("watch", "Follow the notes of the own party");
        command.Options.Add(resume);
        command.Options.Add(notes);
        command.Options.Add(limit);
        app.SetAction(command, async (session, parsed, cancellation) =>
        {
            var client = session.Connect(Roles.Submitter);
            var token = parsed.GetValue(resume);
            var (seen, last) = (0L, parsed.GetValue(limit));
            try
            {
                await foreach (var answer in client.WatchAsync(token, parsed.GetValue(notes), cancellation)
                    .ConfigureAwait(false))
                {
                    token = answer.ResumeToken;
                    if (session.Json)
                    {
                        session.WriteJson(answer);
                        await session.Host.Output.FlushAsync(cancellation).ConfigureAwait(false);
                    }
                    else if (answer.NoteId.Length > 0)
                    {
                        var received = Times.Local(answer.ReceivedTime, session.Host.Time);
                        session.Screen.MarkupLineInterpolated(
                            $"[dim]{received}[/] {answer.Position,10} {answer.NoteId}");
                        if (answer.Note is { } note)
                        {
                            NoteView.Write(session.Screen, note, session.Host.Time);
                        }
                    }

                    seen += answer.NoteId.Length > 0 ? 1 : 0;
                    if (last > 0 && seen >= last)
                    {
                        break;
                    }
                }
            }
            finally
            {
                if (token is { Length: > 0 })
                {
                    session.Notices.MarkupLineInterpolated($"[dim]go on with --resume {token}[/]");
                }
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
