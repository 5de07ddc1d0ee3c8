using System.CommandLine;
using EcmrGateway.Cli.Rendering;
using EcmrGateway.DeadLetters;

namespace EcmrGateway.Cli.Commands.Dlt;

/// <summary><c>ecmr dlt replay</c> and <c>ecmr dlt drop</c>: what is to become of a parked key.</summary>
internal sealed class DltDecideCommand
{
    private readonly DltOptions _options;
    private readonly Argument<string> _key = new("key") { Description = "Key, as ecmr dlt list shows it" };

    private readonly Option<int> _wait = new Option<int>("--wait")
    {
        Description = "How long to wait for the scoring process to do it, in seconds; it does it later too",
        DefaultValueFactory = _ => 30,
    }.Between(0, 3600);

    private readonly Option<string> _reason = new("--reason")
    {
        Description = $"Why, on record; no personal data; at most {DeadLetterRecord.ReasonLengthMax} characters",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<bool> _first = new("--first")
    {
        Description = "Give up the first record only, and hand over those behind it",
    };

    private DltDecideCommand(DltOptions options) => _options = options;

    public static Command CreateReplay(CliApp app, DltOptions options)
    {
        var replay = new DltDecideCommand(options);
        var command = new Command("replay", "Hand over the records of a key again, in order, and release it");
        replay.Set(app, command, ControlKind.Replay);
        return command;
    }

    public static Command CreateDrop(CliApp app, DltOptions options)
    {
        var drop = new DltDecideCommand(options);
        var command = new Command("drop", "Give up the records of a key, and release it");
        drop._reason.Required = true;
        drop._reason.DefaultValueFactory = null;
        command.Options.Add(drop._first);
        drop.Set(app, command, ControlKind.Drop);
        return command;
    }

    private void Set(CliApp app, Command command, ControlKind kind)
    {
        command.Arguments.Add(_key);
        command.Options.Add(_reason);
        command.Options.Add(_wait);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_reason) is { Tokens: [var reason, ..] }
                && reason.Value.Length is 0 or > DeadLetterRecord.ReasonLengthMax)
            {
                result.AddError($"--reason is 1 to {DeadLetterRecord.ReasonLengthMax} characters.");
            }
        });
        DltCommand.SetAction(app, command, (session, parsed, cancellation) =>
            RunAsync(session, parsed, kind, cancellation));
    }

    private async Task<int> RunAsync(
        CliSession session, ParseResult parsed, ControlKind kind, CancellationToken cancellation)
    {
        var desk = _options.Open(session, parsed);
        var name = parsed.GetRequiredValue(_key);
        var letters = await desk.ReadAsync(cancellation).ConfigureAwait(false);
        var found = letters.Where(one => one.Keys.Find(name) is not null).ToList();
        if (found.Count == 0)
        {
            return DltView.WriteNotParked(session, letters, name);
        }

        var code = ExitCode.Ok;
        foreach (var (partition, keys, _) in found)
        {
            var key = keys.Find(name)!;
            var last = parsed.GetValue(_first) ? key.Held.FirstOrDefault() : key.Held.LastOrDefault();
            var through = kind == ControlKind.Drop && last is not null ? last.At : -1;
            var answer = await desk.AskAsync(
                partition, key, kind, through, parsed.GetValue(_reason) ?? "",
                TimeSpan.FromSeconds(parsed.GetValue(_wait)), cancellation).ConfigureAwait(false);
            var decision = DltDecision.Of(partition, name, kind, answer);
            code = Math.Max(code, decision.ExitCode);
            if (session.Json)
            {
                session.WriteJson(decision, CliJson.Default.DltDecision);
            }
            else
            {
                DltView.WriteDecision(session, decision);
            }
        }

        return code;
    }
}
