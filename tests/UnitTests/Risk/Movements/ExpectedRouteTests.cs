using EcmrGateway.Risk.Movements;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Movements;

public sealed class ExpectedRouteTests
{
    private static readonly MovementSettings Settings = new();

    // Great circle 131.7 km, 168.5 km by road, 156 minutes at 65 km/h.
    private const long TravelMs = 156 * Given.Minute;

    [Fact]
    public void With_both_times_the_vehicle_moves_at_an_even_pace()
    {
        var route = Of(given => given);

        Assert.Equal((Given.Eight, Given.Eight + (4 * Given.Hour)), (route.StartMs, route.EndMs));
        Assert.False(route.Uncertain);
        AssertNear(51.92, 4.48, route.PlaceAt(route.StartMs));
        AssertNear(51.37, 6.17, route.PlaceAt(route.EndMs));
        AssertNear(51.65, 5.33, route.PlaceAt(Given.Eight + (2 * Given.Hour)));
        Assert.Null(route.PlaceAt(route.StartMs - 1));
        Assert.Null(route.PlaceAt(route.EndMs + 1));
    }

    [Fact]
    public void A_missing_end_follows_from_the_distance()
    {
        var route = Of(given => given with { EndMs = null });

        Assert.Equal((Given.Eight, Given.Eight + TravelMs), (route.StartMs, route.EndMs));
        Assert.False(route.Uncertain);
    }

    [Fact]
    public void A_missing_start_follows_from_the_distance()
    {
        var route = Of(given => given with { StartMs = null });

        Assert.Equal(Given.Eight + (4 * Given.Hour), route.EndMs);
        Assert.Equal(route.EndMs - TravelMs, route.StartMs);
        Assert.False(route.Uncertain);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void An_end_that_is_not_after_the_start_is_not_used(long afterMs)
    {
        var route = Of(given => given with { EndMs = given.StartMs + afterMs });

        Assert.Equal((Given.Eight, Given.Eight + TravelMs), (route.StartMs, route.EndMs));
    }

    [Fact]
    public void Without_both_times_it_is_uncertain_and_begins_at_the_reception()
    {
        var route = Of(given => given with { StartMs = null, EndMs = null });

        Assert.True(route.Uncertain);
        Assert.Equal(Given.Eight - Given.Hour, route.StartMs);
        Assert.Equal(route.StartMs + TravelMs + (2 * Given.Hour), route.EndMs);
        Assert.Null(route.PlaceAt(route.StartMs));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_a_place_it_is_uncertain_and_keeps_the_stated_times(bool first)
    {
        var route = Of(given => first ? given with { First = null } : given with { Last = null });

        Assert.True(route.Uncertain);
        Assert.Equal((Given.Eight, Given.Eight + (4 * Given.Hour)), (route.StartMs, route.EndMs));
    }

    [Fact]
    public void A_note_that_came_after_its_end_does_not_begin_after_it()
    {
        var route = ExpectedRoute.Of(
            Given.Movement(Given.Note(7), given => given with { StartMs = null, First = null }).Movement,
            Given.Eight + Given.Day, Settings);

        Assert.Equal(Given.Eight + (4 * Given.Hour), route.StartMs);
        Assert.Equal(route.StartMs, route.EndMs);
    }

    [Fact]
    public void The_date_line_is_no_border()
    {
        var route = Of(given => given with { First = new(0, 17900), Last = new(0, -17900) });

        AssertNear(0, 180, route.PlaceAt(Given.Eight + (2 * Given.Hour)));
        AssertNear(0, -179.5, route.PlaceAt(Given.Eight + (3 * Given.Hour)));
    }

    [Fact]
    public void The_same_place_twice_and_opposite_places_are_no_fault()
    {
        AssertNear(51.92, 4.48, Of(given => given with { Last = given.First }).PlaceAt(Given.Eight + Given.Hour));
        AssertNear(0, 180, Of(given => given with { First = new(0, 0), Last = new(0, 18000) })
            .PlaceAt(Given.Eight + (4 * Given.Hour)));
    }

    private static ExpectedRoute Of(Func<Movement, Movement> change) =>
        ExpectedRoute.Of(Given.Movement(Given.Note(7), change).Movement, Given.Eight - Given.Hour, Settings);

    private static void AssertNear(double latitude, double longitude, (double Latitude, double Longitude)? place)
    {
        Assert.NotNull(place);
        Assert.Equal(latitude, place.Value.Latitude, 0.01);
        Assert.Equal(0, Math.IEEERemainder(longitude - place.Value.Longitude, 360), 0.01);
    }
}
