using Ecmr.Inspection.V1;
using EcmrGateway.Cli.Rendering;
using Spectre.Console.Testing;
using Xunit;

namespace EcmrGateway.UnitTests.Cli.Rendering;

public sealed class RankViewTests : IDisposable
{
    private readonly CliTestHost _host = new();

    [Fact]
    public void A_vehicle_is_a_line_with_its_reasons_and_flags_below()
    {
        View().Write(
            RankedVehicles.Make(
                78, (45, "MASS", "Goods of 34.2 t on a combination of 40 t."),
                (33, "SAME_PLATE", "On two notes at once.")),
            1);

        Assert.Equal(
            [
                "  1  ████████████░░░░  78  Zk3v0QeTqk2m0e6rH1xY9A             09:40-10:25           4 min old",
                "      45  Goods of 34.2 t on a combination of 40 t.                                             MASS",
                "      33  On two notes at once.                                                           SAME_PLATE",
                "     consequence serious · last checked 12 d ago · EU 2022/695: 107.67 amber · note 4711",
            ],
            Lines());
    }

    [Fact]
    public void A_revealed_vehicle_shows_plate_and_trailers()
    {
        var vehicle = RankedVehicles.Make(20);
        var revealed = new RevealedVehicle { Plate = "12-BDF-3", Country = "NL" };
        revealed.Trailers.Add(new RevealedTrailer { Plate = "OH-72-JK" });

        new RankView(_host.Screen, _host.Time, new Dictionary<string, RevealedVehicle> { [vehicle.Vehicle] = revealed })
            .Write(vehicle, 1);

        Assert.Contains("12-BDF-3 NL + OH-72-JK", _host.Screen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(vehicle.Vehicle, _host.Screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_three_reasons_are_summed_up()
    {
        View().Write(
            RankedVehicles.Make(50, (20, "A", "a"), (15, "B", "b"), (9, "C", "c"), (4, "D", "d"), (2, "E", "e")), 1);

        Assert.Contains("  6  for 2 more reasons", _host.Screen.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" d ", string.Join('\n', Lines().SkipLast(1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(80)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        _host.Screen.Width(width);
        View().Write(RankedVehicles.Make(99, (99, "DANGEROUS_GOODS_CONSISTENCY", new string('x', 300))), 1);

        Assert.All(_host.Screen.Lines, line => Assert.True(line.Length <= width, line));
        Assert.Contains("…", _host.Screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_Unicode_bars_are_drawn_with_signs_of_ASCII()
    {
        _host.Screen.SupportsUnicode(false);
        View().Write(RankedVehicles.Make(50, (50, "A", new string('y', 300))), 1);

        Assert.Contains("########........", _host.Screen.Output, StringComparison.Ordinal);
        Assert.True(_host.Screen.Output.All(char.IsAscii), _host.Screen.Output);
    }

    [Fact]
    public void What_is_unknown_is_said_to_be_unknown()
    {
        var vehicle = RankedVehicles.Make(5);
        (vehicle.LastCheckedTime, vehicle.FormulaRating, vehicle.ExpectedFrom) = (null, null, null);
        vehicle.Uncertain = true;
        View().Write(vehicle, 1);

        Assert.Contains("no check known", _host.Screen.Output, StringComparison.Ordinal);
        Assert.Contains("time unknown", _host.Screen.Output, StringComparison.Ordinal);
        Assert.Contains("place or time uncertain", _host.Screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_with_brackets_is_shown_as_it_is()
    {
        View().Write(RankedVehicles.Make(5, (5, "A", "see [red]this[/]")), 1);

        Assert.Contains("see [red]this[/]", _host.Screen.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 100, 100, false, "Complete up to entry 100.")]
    [InlineData(90, 100, 100, false, "10 entries are not scored yet")]
    [InlineData(100, 100, 40, false, "A rebuild is at 40 %")]
    [InlineData(100, 100, 100, true, "The hot store cannot be reached")]
    public void The_footer_says_what_the_list_is_made_of(
        ulong scored, ulong newest, int rebuilt, bool degraded, string text)
    {
        View().WriteFooter(new Completeness
        {
            ScoredPosition = scored,
            NewestPosition = newest,
            RebuiltPercent = rebuilt,
            Degraded = degraded,
        });

        Assert.Contains(text, _host.Screen.Output, StringComparison.Ordinal);
        Assert.Contains("A person decides whom to stop.", _host.Screen.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();

    private RankView View() => new(_host.Screen, _host.Time, new Dictionary<string, RevealedVehicle>());

    private IEnumerable<string> Lines() => _host.Screen.Lines.Where(line => line.Length > 0);
}
