using System.CommandLine;
using Ecmr.Inspection.V1;
using EcmrGateway.Cli.Rendering;
using Spectre.Console;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr screen</c>: what is known of a vehicle whose plate is in sight.</summary>
internal static class ScreenCommand
{
    public static Command Create(CliApp app)
    {
        var plate = new Argument<string>("plate") { Description = "Registration as read" };
        var country = new Option<string?>("--country", "-c")
        {
            Description = "Country of registration, two letters [every European country]",
        };
        var command = new Command("screen", "What is known of a vehicle, by its plate") { Arguments = { plate } };
        command.Options.Add(country);
        app.SetAction(command, async (session, parsed, cancellation) =>
        {
            var client = session.Connect(Roles.Inspector);
            var request = new ScreenVehicleRequest
            {
                Plate = parsed.GetRequiredValue(plate),
                Country = parsed.GetValue(country)?.ToUpperInvariant() ?? "",
            };
            var answer = await client
                .CallAsync(options => client.Inspection.ScreenVehicleAsync(request, options), cancellation)
                .ConfigureAwait(false);
            if (session.Json)
            {
                session.WriteJson(answer);
                return ExitCode.Ok;
            }

            var view = new RankView(session.Screen, session.Host.Time, new Dictionary<string, RevealedVehicle>());
            view.WriteHeader($"{request.Plate} {request.Country}".TrimEnd(), $"{answer.Vehicles.Count} found");
            foreach (var vehicle in answer.Vehicles)
            {
                view.Write(vehicle, 0);
            }

            if (answer.Vehicles.Count == 0)
            {
                session.Screen.MarkupLine("This vehicle is unknown here, which is not the same as no risk.");
            }

            view.WriteFooter(answer.Completeness);
            return ExitCode.Ok;
        });
        return command;
    }
}
