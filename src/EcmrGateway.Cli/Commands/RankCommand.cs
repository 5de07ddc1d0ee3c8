using System.CommandLine;
using System.Globalization;
using Ecmr.Inspection.V1;
using EcmrGateway.Cli.Rendering;
using EcmrGateway.Client;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace EcmrGateway.Cli.Commands;

/// <summary><c>ecmr rank</c>: the vehicles expected in an area, highest score first.</summary>
internal sealed class RankCommand
{
    private const int PageMax = 500;

    private static readonly TimeSpan DefaultWindow = TimeSpan.FromHours(2);

    private readonly Argument<string> _area = new("area") { Description = "Area, as ecmr areas lists them" };

    private readonly Option<TimeSpan?> _window = new("--window")
    {
        Description = "How far to look ahead, as 90m; 1m to 48h [default: 2h]",
        CustomParser = Durations.Parse,
    };

    private readonly Option<int> _top = new Option<int>("--top")
    {
        Description = "Vehicles to show",
        DefaultValueFactory = _ => 20,
    }.Between(1, 5000);

    private readonly Option<bool> _reveal = new("--reveal")
    {
        Description = "Show plates; asks for purpose and legal basis, which are put on record",
    };

    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Show the list again whenever it changes, until Ctrl-C",
    };

    private readonly AccessReasons _reasons = new();

    public static Command Create(CliApp app)
    {
        var rank = new RankCommand();
        var command = new Command("rank", "Vehicles expected in an area, ranked by risk");
        command.Arguments.Add(rank._area);
        command.Options.Add(rank._window);
        command.Options.Add(rank._top);
        command.Options.Add(rank._watch);
        command.Options.Add(rank._reveal);
        rank._reasons.AddTo(command);
        app.SetAction(command, rank.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(CliSession session, ParseResult parsed, CancellationToken cancellation)
    {
        var (area, top) = (parsed.GetRequiredValue(_area), parsed.GetValue(_top));
        var window = parsed.GetValue(_window) ?? DefaultWindow;
        var watch = parsed.GetValue(_watch);
        if (watch && top > PageMax)
        {
            throw new CliUsageException($"--watch shows at most {PageMax} vehicles.");
        }

        // Asked for first: who has no reason sees no list of plates, and a question in the middle would be in the way.
        var reason = parsed.GetValue(_reveal) ? _reasons.Get(session, parsed) : null;
        var client = session.Connect(Roles.Inspector);
        var plates = new RevealedPlates(client, reason);
        if (!watch)
        {
            var start = session.Host.Time.GetUtcNow();
            var request = new ListRankedVehiclesRequest
            {
                Area = area,
                WindowStart = Timestamp.FromDateTimeOffset(start),
                WindowEnd = Timestamp.FromDateTimeOffset(start + window),
            };
            var list = await ListAsync(client, request, top, cancellation).ConfigureAwait(false);
            await ShowAsync(session, area, window, list, plates, cancellation).ConfigureAwait(false);
            return ExitCode.Ok;
        }

        var watched = new WatchRankedVehiclesRequest
        {
            Area = area,
            WindowMinutes = (int)Math.Ceiling(window.TotalMinutes),
            Limit = top,
        };
        await foreach (var answer in client.WatchRankedAsync(watched, cancellation).ConfigureAwait(false))
        {
            if (!session.Json && session.Screen.Profile.Capabilities.Ansi)
            {
                session.Screen.Clear();
            }

            var list = new ListRankedVehiclesResponse
            {
                Vehicles = { answer.Vehicles },
                Completeness = answer.Completeness,
            };
            await ShowAsync(session, area, window, list, plates, cancellation).ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }

    private static async Task ShowAsync(
        CliSession session, string area, TimeSpan window, ListRankedVehiclesResponse list, RevealedPlates plates,
        CancellationToken cancellation)
    {
        var revealed = await plates.OfAsync(list.Vehicles, cancellation).ConfigureAwait(false);
        if (session.Json)
        {
            session.WriteJson(list);
            if (plates.AreShown)
            {
                session.WriteJson(new RevealVehiclesResponse { Vehicles = { revealed.Values } });
            }

            await session.Host.Output.FlushAsync(cancellation).ConfigureAwait(false);
            return;
        }

        var start = Timestamp.FromDateTimeOffset(session.Host.Time.GetUtcNow());
        var end = Timestamp.FromDateTimeOffset(session.Host.Time.GetUtcNow() + window);
        Write(session, $"{area}  {Times.Window(start, end, session.Host.Time)}", list, revealed);
    }

    private static async Task<ListRankedVehiclesResponse> ListAsync(
        GatewayClient client, ListRankedVehiclesRequest request, int top, CancellationToken cancellation)
    {
        var all = new ListRankedVehiclesResponse();
        do
        {
            request.PageSize = Math.Min(PageMax, top - all.Vehicles.Count);
            request.PageToken = all.NextPageToken;
            var page = await client
                .CallAsync(options => client.Inspection.ListRankedVehiclesAsync(request, options), cancellation)
                .ConfigureAwait(false);
            all.Vehicles.AddRange(page.Vehicles);
            all.NextPageToken = page.NextPageToken;
            all.Completeness = page.Completeness;
        }
        while (all.NextPageToken.Length > 0 && all.Vehicles.Count < top);

        return all;
    }

    private static void Write(
        CliSession session, string title, ListRankedVehiclesResponse list,
        IReadOnlyDictionary<string, RevealedVehicle> revealed)
    {
        var view = new RankView(session.Screen, session.Host.Time, revealed);
        var more = list.NextPageToken.Length > 0 ? ", there are more" : "";
        view.WriteHeader(
            title,
            string.Create(CultureInfo.InvariantCulture,
                $"{list.Vehicles.Count} vehicle{(list.Vehicles.Count == 1 ? "" : "s")}{more}"));
        for (var i = 0; i < list.Vehicles.Count; i++)
        {
            view.Write(list.Vehicles[i], i + 1);
        }

        if (list.Vehicles.Count == 0)
        {
            session.Screen.MarkupLine("No vehicle is expected there in that time.");
        }

        view.WriteFooter(list.Completeness);
    }
}
