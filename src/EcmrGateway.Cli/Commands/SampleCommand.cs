using System.CommandLine;
using System.Text;
using EcmrGateway.Cli.Rendering;
using EcmrGateway.Client.Json;
using EcmrGateway.Client.Sample;
using Spectre.Console;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr sample</c>: notes from the seeded generator, to a folder or standard output.</summary>
internal static class SampleCommand
{
    private const int ReportEvery = 500;

    public static Command Create(CliApp app)
    {
        var count = new Option<int>("--count", "-n")
        {
            Description = "Number of notes",
            DefaultValueFactory = _ => 1000,
        }.Between(1, SampleOptions.CountMax);
        var to = new Option<string>("--out", "-o")
        {
            Description = "Folder for notes.jsonl and patterns.csv, or - for the notes on standard output",
            DefaultValueFactory = _ => "-",
        };
        var sample = new SampleArguments();
        var command = new Command("sample", "Make sandbox notes: the same seed, count and moment give the same bytes");
        command.Options.Add(count);
        command.Options.Add(to);
        sample.AddTo(command);
        app.SetAction(command, async (session, parsed, cancellation) =>
        {
            var generator = sample.Make(parsed, parsed.GetValue(count), session.Host.Time);
            var folder = parsed.GetRequiredValue(to);
            await ProgressView.RunAsync(session.Notices, "making notes", generator.Count, report =>
                Task.Run(() => WriteAll(session, generator, folder, report, cancellation), cancellation))
                .ConfigureAwait(false);
            return ExitCode.Ok;
        });
        return command;
    }

    private static int WriteAll(
        CliSession session, NoteGenerator generator, string folder, Action<long> report, CancellationToken cancellation)
    {
        if (folder == "-")
        {
            return Write(generator, session.Host.Output, null, report, cancellation);
        }

        Directory.CreateDirectory(folder);
        using var notes = Open(Path.Combine(folder, "notes.jsonl"));
        using var patterns = Open(Path.Combine(folder, "patterns.csv"));
        var written = Write(generator, notes, patterns, report, cancellation);
        session.Notices.MarkupLineInterpolated($"{written} notes in {folder}, with what is in them on purpose");
        return written;
    }

    private static int Write(
        NoteGenerator generator, TextWriter notes, TextWriter? patterns, Action<long> report,
        CancellationToken cancellation)
    {
        patterns?.Write("note_id,pattern,flaw\n");
        foreach (var sample in generator.All())
        {
            cancellation.ThrowIfCancellationRequested();
            notes.Write(NoteJson.Write(sample.Note));
            notes.Write('\n');
            patterns?.Write($"{sample.Note.NoteId},{Names(sample.Pattern)},{sample.Flaw}\n");
            if (sample.Index % ReportEvery == 0)
            {
                report(sample.Index);
            }
        }

        report(generator.Count);
        return generator.Count;
    }

    private static string Names(SamplePattern pattern) =>
        pattern.ToString().Replace(", ", "+", StringComparison.Ordinal);

    private static StreamWriter Open(string file) => new(file, append: false, new UTF8Encoding(false), 1 << 16);
}
