using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EcmrGateway.Cli.Rendering;
using EcmrGateway.Client.Sample;
using Spectre.Console;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr bench</c>: load through the public API, closed loop, with rate and percentiles.</summary>
internal sealed class BenchCommand
{
    private readonly Option<int> _notes = new Option<int>("--notes", "-n")
    {
        Description = "Notes",
        DefaultValueFactory = _ => 10_000,
    }.Between(1, SampleOptions.CountMax);

    private readonly Option<int> _concurrency = new Option<int>("--concurrency")
    {
        Description = "Calls in flight, or streams with --stream",
        DefaultValueFactory = _ => 32,
    }.Between(1, 4096);

    private readonly Option<bool> _stream =
        new("--stream") { Description = "Over SubmitStream and not by single calls" };
    private readonly Option<int> _window = new Option<int>("--window")
    {
        Description = "Window of a stream",
        DefaultValueFactory = _ => 256,
    }.Between(1, 10_000);

    private readonly Option<ulong?> _seed = new("--seed") { Description = "Seed of the notes [another one each time]" };

    public static Command Create(CliApp app)
    {
        var bench = new BenchCommand();
        var command = new Command("bench", "Load the gateway with sandbox notes and measure");
        command.Options.Add(bench._notes);
        command.Options.Add(bench._concurrency);
        command.Options.Add(bench._stream);
        command.Options.Add(bench._window);
        command.Options.Add(bench._seed);
        app.SetAction(command, bench.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CliSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var now = session.Host.Time.GetUtcNow();
        var generator = new NoteGenerator(new SampleOptions
        {
            Count = parsed.GetValue(_notes),
            Seed = parsed.GetValue(_seed) ?? (ulong)now.UtcTicks,
            Around = now.AddHours(1),
            WrongPercent = 0,
        });
        var streaming = parsed.GetValue(_stream);
        var client = session.Connect(Roles.Submitter, parsed.GetValue(_window));
        var load = new BenchLoad(client, generator, parsed.GetValue(_concurrency));
        var clock = Stopwatch.StartNew();
        await ProgressView.RunAsync(session.Notices, streaming ? "streaming" : "calling", generator.Count,
            async report =>
        {
            await (streaming ? load.StreamAsync(report, cancellation) : load.CallAsync(report, cancellation))
                .ConfigureAwait(false);
            return 0;
        }).ConfigureAwait(false);
        var result = load.Result(streaming, parsed.GetValue(_window), clock.Elapsed);
        if (session.Json)
        {
            await session.Host.Output.WriteLineAsync(JsonSerializer.Serialize(result, CliJson.Default.BenchResult))
                .ConfigureAwait(false);
        }
        else
        {
            Write(session.Screen, result);
        }

        return result.Failed > 0 ? ExitCode.Refused : ExitCode.Ok;
    }

    private static void Write(IAnsiConsole console, BenchResult result)
    {
        var table = new Table { Border = TableBorder.Rounded, ShowHeaders = false }.AddColumns("", "");
        Row("mode", result.Mode);
        Row("recorded", string.Create(CultureInfo.InvariantCulture, $"{result.Recorded:N0} of {result.Notes:N0}"));
        Row("rate", string.Create(CultureInfo.InvariantCulture,
            $"{result.NotesPerSecond:N0} notes/s over {result.Seconds:0.00} s"));
        Row("p50 / p99 / max", string.Create(CultureInfo.InvariantCulture,
            $"{result.P50Ms:0.00} / {result.P99Ms:0.00} / {result.MaxMs:0.00} ms, waiting in the client included"));
        console.Write(table);
        if (result.FirstError is { } error)
        {
            console.MarkupLineInterpolated($"[red]{result.Failed} failed[/], first: {error}");
        }

        void Row(string title, string text) => table.AddRow(new Text(title, new Style(Color.Grey)), new Text(text));
    }
}

/// <summary>What a load gave.</summary>
/// <param name="P50Ms">From handing a note to the client to its answer.</param>
internal sealed record BenchResult(
    string Mode, int Notes, int Recorded, int Failed, double Seconds, double NotesPerSecond, double P50Ms, double P99Ms,
    double MaxMs, string? FirstError);
