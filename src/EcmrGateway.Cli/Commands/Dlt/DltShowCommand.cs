using System.CommandLine;
using EcmrGateway.Cli.Rendering;

namespace EcmrGateway.Cli.Commands.Dlt;

/// <summary><c>ecmr dlt show</c>: the records of one parked key; never what they hold.</summary>
internal static class DltShowCommand
{
    public static Command Create(CliApp app, DltOptions options)
    {
        var argument = new Argument<string>("key") { Description = "Key, as ecmr dlt list shows it" };
        var limit = new Option<int>("--limit")
        {
            Description = "Records to show, the first ones",
            DefaultValueFactory = _ => 20,
        }.Between(1, 1_000_000);
        var command = new Command("show", "Show where the records of a key stand and what is wrong with them");
        command.Arguments.Add(argument);
        command.Options.Add(limit);
        DltCommand.SetAction(app, command, async (session, parsed, cancellation) =>
        {
            var name = parsed.GetRequiredValue(argument);
            var letters = await options.Open(session, parsed).ReadAsync(cancellation).ConfigureAwait(false);
            var found = letters.Where(one => one.Keys.Find(name) is not null).ToList();
            if (found.Count == 0)
            {
                return DltView.WriteNotParked(session, letters, name);
            }

            foreach (var (partition, keys, _) in found)
            {
                var key = keys.Find(name)!;
                var records = key.Held.Take(parsed.GetValue(limit)).Select(DltRecord.Of).ToList();
                if (session.Json)
                {
                    session.WriteJson(DltKey.Of(partition, key) with { Held = records }, CliJson.Default.DltKey);
                }
                else
                {
                    DltView.WriteKey(session.Screen, DltKey.Of(partition, key), records, session.Host.Time);
                }
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
