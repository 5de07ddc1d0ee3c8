using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ecmr.Facts.V1;
using Ecmr.Inspection.V1;
using Spectre.Console;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr outcome</c>: reports what an inspection found, clean ones too.</summary>
internal sealed class OutcomeCommand
{
    private readonly Option<string?> _vehicle = new("--vehicle") { Description = "Pseudonym, as rank shows it" };
    private readonly Option<string?> _plate =
        new("--plate", "-p") { Description = "Registration, where it was not in the list" };
    private readonly Option<string?> _country = new("--country", "-c") { Description = "Its country, two letters" };
    private readonly Option<ulong> _note = new("--note") { Description = "Position of the note that was looked at" };
    private readonly Option<bool> _clean = new("--clean") { Description = "Nothing was found" };
    private readonly Option<bool> _premises =
        new("--premises") { Description = "Done at the undertaking [at the roadside]" };
    private readonly Option<int> _checked = new("--vehicles-checked") { DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _time = new("--time") { Description = "When, ISO 8601 with zone [now]" };
    private readonly Option<string?> _requestId = new("--request-id")
    {
        Description = "UUID of the report, to send the same again [a new one]",
    };

    private readonly Option<Infringement[]> _infringements = new("--infringement", "-i")
    {
        Description = Infringements.Form,
        CustomParser = Infringements.Parse,
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create(CliApp app)
    {
        var outcome = new OutcomeCommand();
        var command = new Command("outcome", "Report what an inspection found");
        Option[] options =
        [
            outcome._vehicle, outcome._plate, outcome._country, outcome._note, outcome._clean, outcome._infringements,
            outcome._premises, outcome._checked, outcome._time, outcome._requestId,
        ];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(outcome.Validate);
        app.SetAction(command, outcome.RunAsync);
        return command;
    }

    private void Validate(CommandResult result)
    {
        var (vehicle, plate) = (result.GetValue(_vehicle), result.GetValue(_plate));
        if (vehicle is null == (plate is null))
        {
            result.AddError("Name the vehicle with --vehicle PSEUDONYM or with --plate and --country.");
        }

        if (plate is not null && result.GetValue(_country) is null)
        {
            result.AddError("--plate needs --country.");
        }

        // The parser of the option reports what it cannot read; GetValue would throw on it.
        var found = result.GetResult(_infringements) is { Tokens.Count: > 0 };
        if (result.GetValue(_clean) == found)
        {
            result.AddError("Say --clean, or what was found with --infringement, and not both.");
        }
    }

    private async Task<int> RunAsync(CliSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var request = new RecordOutcomeRequest
        {
            RequestId = parsed.GetValue(_requestId) ?? Guid.NewGuid().ToString(),
            Vehicle = parsed.GetValue(_vehicle) ?? "",
            Plate = parsed.GetValue(_plate) ?? "",
            Country = parsed.GetValue(_country)?.ToUpperInvariant() ?? "",
            NotePosition = parsed.GetValue(_note),
            InspectedTime = Inspected(parsed.GetValue(_time), session.Host.Time),
            Place = parsed.GetValue(_premises) ? CheckPlace.Premises : CheckPlace.Roadside,
            VehiclesChecked = parsed.GetValue(_checked),
            Infringements = { parsed.GetValue(_infringements) ?? [] },
        };
        var client = session.Connect(Roles.Inspector);
        var answer = await client
            .CallAsync(options => client.Inspection.RecordOutcomeAsync(request, options), cancellation)
            .ConfigureAwait(false);
        if (session.Json)
        {
            session.WriteJson(answer);
            return ExitCode.Ok;
        }

        var recorded = answer.AlreadyRecorded ? "already recorded" : "recorded";
        session.Screen.MarkupLineInterpolated($"[green]{recorded}[/] at position {answer.Receipt?.LeafIndex}");
        session.Screen.MarkupLine(answer.CarrierKnown
            ? "The carrier is known from a note: its record counts this check too."
            : "[yellow]The carrier could not be told from a note: only the vehicle's record counts this check.[/]");
        session.Screen.MarkupLineInterpolated($"[dim]request {request.RequestId}[/]");
        return ExitCode.Ok;
    }

    private static Timestamp Inspected(string? text, TimeProvider time) => Timestamp.FromDateTimeOffset(
        text is null ? time.GetUtcNow()
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
        : throw new CliUsageException($"'{text}' is no moment of ISO 8601."));
}
