using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Places;
using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Places;

public sealed class PlaceLocatorTests
{
    private static readonly Address Rotterdam = new() { City = "Rotterdam", Country = Country("NL") };

    [Fact]
    public void Coordinates_come_before_the_locode_and_the_locode_before_the_city()
    {
        Coordinates.TryCreate(52.1, 5.1, out var written);
        var place = new Place { Coordinates = written, Locode = Locode.Parse("DEHAM"), Address = Rotterdam };

        Assert.Equal(PlaceSource.Coordinates, Locate(place));
        Assert.Equal(PlaceSource.Locode, Locate(place with { Coordinates = null }));
        Assert.Equal(PlaceSource.City, Locate(place with { Coordinates = null, Locode = null }));
        Assert.Null(Locate(new()));
    }

    [Fact]
    public void Nought_and_nought_is_no_position() => Assert.Equal(
        PlaceSource.Locode, Locate(new() { Coordinates = default(Coordinates), Locode = Locode.Parse("DEHAM") }));

    [Fact]
    public void A_locode_without_a_known_position_leaves_the_city() => Assert.Equal(
        PlaceSource.City, Locate(new() { Locode = Locode.Parse("NLZZ9"), Address = Rotterdam }));

    [Fact]
    public void The_name_of_the_place_may_be_the_city() => Assert.Equal(
        PlaceSource.City, Locate(new() { Name = "Rotterdam", Address = new() { Country = Country("NL") } }));

    [Fact]
    public void A_city_without_a_country_is_not_found() =>
        Assert.Null(Locate(new() { Name = "Rotterdam", Address = new() { City = "Rotterdam" } }));

    private static PlaceSource? Locate(Place place) => PlaceLocator.Locate(place, Locodes.BuiltIn)?.Source;
}
