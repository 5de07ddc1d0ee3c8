using System.CommandLine;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Ecmr.Note.V1;
using EcmrGateway.Cli.Input;
using EcmrGateway.Cli.Rendering;
using EcmrGateway.Client;
using EcmrGateway.Client.Sample;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr submit</c>: notes from files or from the generator, over one stream.</summary>
internal sealed class SubmitCommand
{
    private readonly Argument<string[]> _paths = new("path")
    {
        Description = "Files (.json, .jsonl, .xml), folders, or - for standard input",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int> _sampleCount = new Option<int>("--sample")
    {
        Description = "Hand in this many notes of the generator",
    }.Between(1, SampleOptions.CountMax);

    private readonly Option<string?> _receipts = new("--receipts") { Description = "Folder for the receipts" };
    private readonly Option<int> _window = new Option<int>("--window")
    {
        Description = "Notes that wait for an answer, 1 to 10000",
        DefaultValueFactory = _ => 256,
    }.Between(1, 10_000);

    private readonly SampleArguments _sample = new();

    public static Command Create(CliApp app)
    {
        var submit = new SubmitCommand();
        var command = new Command("submit", "Hand in consignment notes") { Arguments = { submit._paths } };
        command.Options.Add(submit._sampleCount);
        command.Options.Add(submit._receipts);
        command.Options.Add(submit._window);
        submit._sample.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(submit._paths) is not { Length: > 0 } == result.GetResult(submit._sampleCount) is null)
            {
                result.AddError("Name files, folders or - to hand in, or --sample N, and not both.");
            }
        });
        app.SetAction(command, submit.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CliSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var tally = new SubmitTally();
        var count = parsed.GetValue(_sampleCount);
        var flaws = new Queue<SampleFlaw>();
        NoteFiles.Check(parsed.GetValue(_paths) ?? []);
        var notes = count > 0
            ? FromGenerator(_sample.Make(parsed, count, session.Host.Time), flaws)
            : FromFilesAsync(session, parsed.GetValue(_paths)!, tally, cancellation);
        var folder = parsed.GetValue(_receipts);
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
        }

        var client = session.Connect(Roles.Submitter, parsed.GetValue(_window));
        var clock = Stopwatch.StartNew();
        await ProgressView.RunAsync(session.Notices, "handing in", count > 0 ? count : null, report =>
            SubmitAllAsync(client, notes, tally, flaws, folder, report, cancellation)).ConfigureAwait(false);
        tally.Seconds = clock.Elapsed.TotalSeconds;
        if (session.Json)
        {
            await session.Host.Output.WriteLineAsync(JsonSerializer.Serialize(tally, CliJson.Default.SubmitTally))
                .ConfigureAwait(false);
        }
        else
        {
            SubmitView.Write(session.Screen, tally);
        }

        return tally.HasUnexpected ? ExitCode.Refused : ExitCode.Ok;
    }

    private static async Task<int> SubmitAllAsync(
        GatewayClient client, IAsyncEnumerable<ConsignmentNote> notes, SubmitTally tally, Queue<SampleFlaw> flaws,
        string? folder, Action<long> report, CancellationToken cancellation)
    {
        await foreach (var answer in client.SubmitManyAsync(notes, cancellation).ConfigureAwait(false))
        {
            SampleFlaw flaw;
            lock (flaws)
            {
                flaws.TryDequeue(out flaw);
            }

            tally.AddAnswer(answer, flaw);
            if (folder is not null && answer.Recorded?.Receipt is { } receipt)
            {
                await ReceiptFiles.WriteAsync(folder, answer.Note.NoteId, receipt, cancellation).ConfigureAwait(false);
            }

            report(tally.Answered);
        }

        return tally.Answered;
    }

    // The flaws wait beside the notes: answers come in the notes' order.
    private static async IAsyncEnumerable<ConsignmentNote> FromGenerator(
        NoteGenerator generator, Queue<SampleFlaw> flaws)
    {
        await Task.Yield();
        foreach (var sample in generator.All())
        {
            lock (flaws)
            {
                flaws.Enqueue(sample.Flaw);
            }

            yield return sample.Note;
        }
    }

    private static async IAsyncEnumerable<ConsignmentNote> FromFilesAsync(
        CliSession session, string[] paths, SubmitTally tally, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var input in NoteFiles.ReadAsync(paths, session.Host.Input, cancellation).ConfigureAwait(false))
        {
            tally.AddInput(input);
            if (input.Reading.Note is { } note)
            {
                yield return note;
            }
        }
    }
}
