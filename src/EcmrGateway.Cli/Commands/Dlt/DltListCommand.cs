using System.CommandLine;
using EcmrGateway.Cli.Rendering;

namespace EcmrGateway.Cli.Commands.Dlt;

/// <summary><c>ecmr dlt list</c>: which keys are parked.</summary>
internal static class DltListCommand
{
    public static Command Create(CliApp app, DltOptions options)
    {
        var command = new Command("list", "List the parked keys, the oldest first");
        DltCommand.SetAction(app, command, async (session, parsed, cancellation) =>
        {
            var letters = await options.Open(session, parsed).ReadAsync(cancellation).ConfigureAwait(false);
            List<DltKey> keys =
            [
                .. letters.SelectMany(one => one.Keys.Keys.Select(key => DltKey.Of(one.Partition, key)))
                    .OrderBy(key => key.Since).ThenBy(key => key.Key, StringComparer.Ordinal),
            ];
            if (session.Json)
            {
                keys.ForEach(key => session.WriteJson(key, CliJson.Default.DltKey));
            }
            else
            {
                DltView.WriteKeys(session.Screen, keys, session.Host.Time);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
