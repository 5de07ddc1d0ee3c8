using CsCheck;
using EcmrGateway.Risk.Movements;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Movements;

public sealed class PassagesTests
{
    private const int EightHour = (int)(Given.Eight / Given.Hour);

    private static readonly MovementSettings Settings = new();

    [Fact]
    public void A_route_passes_the_areas_on_its_way_in_their_hours()
    {
        // 08:00 to 12:00, margin 30 minutes. Rotterdam until 08:36, Eindhoven lies 13 km beside the way.
        var passages = Of(given => given);

        Assert.Equal(["rotterdam", "venlo"], passages.List.Where(p => p.Area != "eindhoven").Select(p => p.Area));
        Assert.Equal(new("rotterdam", EightHour - 1, EightHour + 1), passages.List.Single(p => p.Area == "rotterdam"));
        Assert.Equal(new("venlo", EightHour + 3, EightHour + 4), passages.List.Single(p => p.Area == "venlo"));
        Assert.False(passages.Uncertain);
    }

    [Fact]
    public void A_long_journey_has_a_wider_margin()
    {
        // 100 hours: 10 on both sides.
        var passages = Of(given => given with { EndMs = given.StartMs + (100 * Given.Hour) });

        Assert.Equal(EightHour + 110, passages.List.Single(p => p.Area == "venlo").LastHour);
        Assert.Equal(EightHour - 10, passages.List.Single(p => p.Area == "rotterdam").FirstHour);
    }

    [Fact]
    public void Passages_of_a_movement_lie_in_fourteen_days()
    {
        var passages = Of(given => given with { EndMs = given.StartMs + (60 * Given.Day), Last = given.First });

        var passage = Assert.Single(passages.List);
        Assert.Equal(14 * 24, passage.LastHour - passage.FirstHour);
        Assert.Equal(Given.Eight + (60 * Given.Day), passages.EndMs);
        Assert.DoesNotContain(
            Of(given => given with { EndMs = given.StartMs + (60 * Given.Day), First = new(4000, 0) }).List,
            p => p.Area == "venlo");
    }

    [Fact]
    public void A_journey_inside_an_area_is_in_it_all_the_time()
    {
        var passages = Of(given => given with { Last = new(5190, 450) });

        Assert.Equal([new("rotterdam", EightHour - 1, EightHour + 4)], passages.List);
    }

    [Fact]
    public void A_journey_from_a_place_to_itself_is_there_all_the_time()
    {
        var passages = Of(given => given with { Last = given.First });

        Assert.Equal([new("rotterdam", EightHour - 1, EightHour + 4)], passages.List);
    }

    [Fact]
    public void An_area_behind_the_start_or_past_the_end_is_not_passed()
    {
        // The great circle runs on through Rotterdam and Venlo; the journey lies between them.
        var passages = Of(given => given with { First = new(5170, 520), Last = new(5158, 555) });

        Assert.DoesNotContain(passages.List, p => p.Area is "rotterdam" or "venlo");
    }

    [Theory]
    [InlineData(14.9, true)]
    [InlineData(15.1, false)]
    public void An_area_is_passed_when_the_way_touches_it(double kmFromWay, bool passed)
    {
        // Along the equator the distance to the way is the latitude.
        var area = new Area("a", "A", kmFromWay / 111.195, 1, 15);
        var passages = Of(given => given with { First = new(0, 0), Last = new(0, 200) }, area);

        Assert.Equal(passed, passages.List.Count == 1);
    }

    [Fact]
    public void Entering_and_leaving_are_where_the_circle_cuts_the_way()
    {
        // 0 to 10 degrees in 10 hours; the circle reaches from 4.9 to 5.1 degrees: 12:54 to 13:06, less and more 1 h.
        var area = new Area("a", "A", 0, 5, 11.1195);
        var passages = Of(
            given => given with { First = new(0, 0), Last = new(0, 1000), EndMs = given.StartMs + (10 * Given.Hour) },
            area);

        Assert.Equal([new("a", EightHour + 3, EightHour + 6)], passages.List);
    }

    [Fact]
    public void The_date_line_is_no_border()
    {
        var passages = Of(
            given => given with { First = new(0, 17900), Last = new(0, -17900) }, new("east", "", 0, -179.9, 5),
            new("west", "", 0, 179.9, 5));

        Assert.Equal(["east", "west"], passages.List.Select(p => p.Area));
    }

    [Fact]
    public void Without_times_it_is_listed_at_its_ends_and_says_so()
    {
        // Received 07:00: at the first place until 09:00; 156 minutes on the road; at the last from 09:36 to 11:36.
        var passages = Of(given => given with { StartMs = null, EndMs = null });

        Assert.True(passages.Uncertain);
        Assert.Equal(
            [new("rotterdam", EightHour - 2, EightHour + 1), new("venlo", EightHour + 1, EightHour + 4)],
            passages.List);
    }

    [Fact]
    public void Without_a_first_place_it_is_listed_at_the_last_until_its_end()
    {
        var passages = Of(given => given with { First = null });

        Assert.True(passages.Uncertain);
        Assert.Equal([new("venlo", EightHour + 1, EightHour + 4)], passages.List);
    }

    [Fact]
    public void Without_a_last_place_it_is_listed_at_the_first_from_its_start()
    {
        Assert.Equal([new("rotterdam", EightHour - 1, EightHour + 2)], Of(given => given with { Last = null }).List);
    }

    [Fact]
    public void With_a_last_place_only_it_is_listed_there_for_a_day()
    {
        var passages = Of(given => given with { StartMs = null, EndMs = null, First = null });

        Assert.Equal([new("venlo", EightHour - 4, EightHour + 25)], passages.List);
    }

    [Fact]
    public void Without_any_place_it_is_nowhere()
    {
        var passages = Of(given => given with { First = null, Last = null });

        Assert.Empty(passages.List);
        Assert.True(passages.Uncertain);
    }

    [Fact]
    public void Both_stays_in_one_area_are_one_passage_where_they_touch()
    {
        var touching = Of(given => given with { StartMs = null, EndMs = null, Last = given.First });

        Assert.Equal([new("rotterdam", EightHour - 2, EightHour + 1)], touching.List);
    }

    [Fact]
    public void Passages_agree_with_stepping_along_the_way() =>
        Gen.Select(Gen.Int[4000, 6000], Gen.Int[-500, 2500], Gen.Int[-300, 300], Gen.Int[-300, 300], Gen.Int[1, 40])
            .Sample(
                (latitude, longitude, north, east, hours) =>
                {
                    var area = new Area(
                        "a", "A", (latitude + (north / 3.0)) / 100, (longitude + (east / 2.0)) / 100, 25);
                    var movement = Given.Movement(Given.Note(7), given => given with
                    {
                        First = new(latitude, longitude),
                        Last = new(latitude + north, longitude + east),
                        EndMs = given.StartMs + (hours * Given.Hour),
                    }).Movement;
                    var route = ExpectedRoute.Of(movement, Given.Eight, Settings);
                    var passages = Passages.Of(movement, Given.Eight, AreaSet.Of([area]), Settings);
                    var near = false;
                    for (var at = route.StartMs; at <= route.EndMs; at += Given.Minute)
                    {
                        var km = DistanceKm(route.PlaceAt(at)!.Value, (area.Latitude, area.Longitude));
                        var hour = (int)(at / Given.Hour);
                        near |= km < 27;
                        if (km < 24.9 && !passages.List.Any(p => p.FirstHour <= hour && hour <= p.LastHour))
                        {
                            return false;
                        }
                    }

                    // Steps can jump over the edge of a circle by a few kilometres, never further.
                    return near || passages.List.Count == 0;
                },
                iter: 200);

    private static double DistanceKm((double Latitude, double Longitude) from, (double Latitude, double Longitude) to)
    {
        var (a, b) = (double.DegreesToRadians(from.Latitude), double.DegreesToRadians(to.Latitude));
        var north = Math.Sin((b - a) / 2);
        var east = Math.Sin(double.DegreesToRadians(to.Longitude - from.Longitude) / 2);
        return 2 * 6371.0088 * Math.Asin(Math.Sqrt((north * north) + (Math.Cos(a) * Math.Cos(b) * east * east)));
    }

    private static Passages Of(Func<Movement, Movement> change, params Area[] areas) => Passages.Of(
        Given.Movement(Given.Note(7), change).Movement, Given.Eight - Given.Hour,
        AreaSet.Of(areas.Length == 0 ? Given.Areas : areas), Settings);
}
