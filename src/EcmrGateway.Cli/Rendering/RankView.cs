using System.Globalization;
using Ecmr.Inspection.V1;
using Spectre.Console;

namespace EcmrGateway.Cli.Rendering;

/// <summary>Ranked vehicles for the roadside: score, vehicle, when, and why in up to three sentences.</summary>
/// <param name="revealed">What the pseudonyms stand for, where it was revealed.</param>
internal sealed class RankView(
    IAnsiConsole console, TimeProvider clock, IReadOnlyDictionary<string, RevealedVehicle> revealed)
{
    private const int BarWidth = 16;
    private const int ReasonsShown = 3;
    private const int VehicleWidth = 34;

    /// <summary>Column at which what belongs to a vehicle starts.</summary>
    private const int Indent = 5;

    public void WriteHeader(string title, string right)
    {
        var room = Math.Max(1, console.Profile.Width - title.Length - right.Length);
        console.MarkupLine($"[bold]{Markup.Escape(title)}[/]{new string(' ', room)}[dim]{Markup.Escape(right)}[/]");
        console.Write(new Rule { Style = new Style(Color.Grey) });
    }

    /// <param name="rank">From 1; 0: the vehicle was asked for by its plate.</param>
    public void Write(RankedVehicle vehicle, int rank)
    {
        var color = ColorOf(vehicle.Score);
        var number = rank == 0 ? "" : rank.ToString(CultureInfo.InvariantCulture);
        var name = Markup.Escape(Fit(Name(vehicle), VehicleWidth));
        console.MarkupLine(
            $"[dim]{number,3}[/]  [{color}]{Bar(vehicle.Score)} {vehicle.Score,3}[/]  [bold]{name}[/]" +
            $" {Times.Window(vehicle.ExpectedFrom, vehicle.ExpectedUntil, clock),-18} [dim]{Age(vehicle),8} old[/]");
        foreach (var contribution in vehicle.Contributions.Take(ReasonsShown))
        {
            console.MarkupLine(
                $"{new string(' ', Indent)}[{color}]{contribution.Points,3}[/]  {Reason(contribution)}");
        }

        if (vehicle.Contributions.Count > ReasonsShown)
        {
            var points = vehicle.Contributions.Skip(ReasonsShown).Sum(contribution => contribution.Points);
            var more = vehicle.Contributions.Count - ReasonsShown;
            console.MarkupLine($"{new string(' ', Indent)}[dim]{points,3}  for {more} more reasons[/]");
        }

        console.MarkupLine($"{new string(' ', Indent)}{Flags(vehicle)}");
        console.WriteLine();
    }

    /// <summary>How much of what is known the list is made of, and whose decision it is.</summary>
    public void WriteFooter(Completeness? completeness)
    {
        foreach (var line in CompletenessText.Lines(completeness, clock))
        {
            console.MarkupLine(line);
        }

        console.MarkupLine(
            "[dim]A person decides whom to stop. A vehicle that is not listed is unknown, not free of risk.[/]");
    }

    // The sentence first: the code is left out where both do not fit.
    private string Reason(Contribution contribution)
    {
        var room = console.Profile.Width - Indent - 5;
        var beside = room - contribution.Code.Length - 1;
        return contribution.Because.Length <= beside
            ? $"{Markup.Escape(contribution.Because.PadRight(beside))} [dim]{Markup.Escape(contribution.Code)}[/]"
            : Markup.Escape(Fit(contribution.Because, room));
    }

    private string Name(RankedVehicle vehicle)
    {
        if (!revealed.TryGetValue(vehicle.Vehicle, out var known))
        {
            return vehicle.Vehicle;
        }

        return $"{known.Plate} {known.Country}" +
            string.Concat(known.Trailers.Select(trailer => $" + {trailer.Plate}"));
    }

    private string Flags(RankedVehicle vehicle)
    {
        var flags = new List<string> { Consequence(vehicle.Consequence) };
        if (vehicle.Uncertain)
        {
            flags.Add("[yellow]place or time uncertain[/]");
        }

        flags.Add(vehicle.LastCheckedTime is { } check
            ? $"[dim]last checked {Times.Age(check, clock)} ago[/]"
            : "[dim]no check known[/]");
        if (vehicle.FormulaRating is { } rating)
        {
            var band = rating.Band.ToString().ToLowerInvariant();
            flags.Add($"[dim]EU 2022/695: {Markup.Escape(rating.Value)} {band}[/]");
        }

        flags.Add($"[dim]note {vehicle.NotePosition}[/]");
        return string.Join(console.Profile.Capabilities.Unicode ? "[dim] · [/]" : "[dim] | [/]", flags);
    }

    private static string Consequence(int consequence) => consequence switch
    {
        4 => "[red]consequence grave[/]",
        3 => "[darkorange]consequence serious[/]",
        2 => "[dim]consequence moderate[/]",
        _ => "[dim]consequence slight[/]",
    };

    private string Bar(int score)
    {
        var filled = Math.Clamp(((score * BarWidth) + 50) / 100, score > 0 ? 1 : 0, BarWidth);
        var (full, empty) = console.Profile.Capabilities.Unicode ? ('█', '░') : ('#', '.');
        return new string(full, filled) + new string(empty, BarWidth - filled);
    }

    private string Age(RankedVehicle vehicle) => Times.Age(vehicle.ReceivedTime, clock);

    private string Fit(string text, int room)
    {
        var width = Math.Max(1, room);
        var ellipsis = console.Profile.Capabilities.Unicode ? "…" : ".";
        return text.Length <= width ? text.PadRight(width) : text[..(width - 1)] + ellipsis;
    }

    // Bands of the score: a habit of the eye, no instruction.
    private static string ColorOf(int score) =>
        score switch { >= 75 => "red", >= 50 => "darkorange", >= 25 => "yellow", _ => "green" };
}
