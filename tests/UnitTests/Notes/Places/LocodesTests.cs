using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Places;
using Xunit;
using static EcmrGateway.UnitTests.Notes.ValidNote;

namespace EcmrGateway.UnitTests.Notes.Places;

public sealed class LocodesTests
{
    [Fact]
    public void The_built_in_table_has_the_logistics_places() => Assert.True(Locodes.BuiltIn.Count >= 1_698);

    [Theory]
    [InlineData("NLRTM", 51.91, 4.5)]
    [InlineData("DEHAM", 53.52, 9.93)]
    [InlineData("BEANR", 51.22, 4.42)]
    [InlineData("GBDVR", 51.13, 1.3)]
    [InlineData("PLWAW", 52.25, 21)]
    public void Well_known_places_are_where_they_are(string code, double latitude, double longitude)
    {
        Assert.True(Locodes.BuiltIn.TryLocate(Locode.Parse(code), out var position));
        Assert.Equal(latitude, (double)position.Latitude, 0.1);
        Assert.Equal(longitude, (double)position.Longitude, 0.1);
    }

    [Theory]
    [InlineData("NL", "Rotterdam", "NLRTM")]
    [InlineData("NL", "ROTTERDAM", "NLRTM")]
    [InlineData("NL", "'s Hertogenbosch", "NLHTB")]
    [InlineData("NL", "den bosch", "NLHTB")]
    [InlineData("DE", "Köln", "DECGN")]
    [InlineData("DE", "Koeln", "DECGN")]
    [InlineData("DE", "München", "DEMUC")]
    [InlineData("BE", "Brussel", "BEBRU")]
    [InlineData("IT", "Roma", "ITROM")]
    [InlineData("IT", "Milano", "ITMIL")]
    [InlineData("PL", "Łódź", "PLLOD")]
    public void Cities_are_found_by_any_spelling(string country, string city, string code)
    {
        Assert.True(Locodes.BuiltIn.TryLocate(Locode.Parse(code), out var expected));
        Assert.True(Locodes.BuiltIn.TryLocateCity(Country(country), city, out var position));
        Assert.Equal(expected, position);
    }

    [Theory]
    [InlineData("DE", "Rotterdam")]
    [InlineData("NL", "")]
    [InlineData("NL", "123")]
    [InlineData("NL", "東京")]
    public void Other_names_are_not_found(string country, string city) =>
        Assert.False(Locodes.BuiltIn.TryLocateCity(Country(country), city, out _));

    [Fact]
    public void A_name_of_two_places_far_apart_is_not_found()
    {
        var places = Read("FRAAA,Saint-Exemple,45,1\nFRBBB,Saint Exemple,48,1\nFRCCC,Autre Exemple,48,1\n");

        Assert.False(places.Locodes.TryLocateCity(Country("FR"), "Saint-Exemple", out _));
        Assert.True(places.Locodes.TryLocateCity(Country("FR"), "Autre-Exemple", out _));
    }

    [Fact]
    public void A_very_long_name_is_not_found() =>
        Assert.False(Locodes.BuiltIn.TryLocateCity(Country("NL"), new string('ß', 500), out _));

    [Fact]
    public void Places_of_a_file_are_added_and_bad_rows_reported_with_their_line()
    {
        var reading = Read(
            "NLZZ9,Somewhere,51.5,4.5\nnlrtm,Low,1,1\nNLZZ8,Nowhere,91,4\nNLZZ7,Words,x,y\n\nNLRTM,Here,1,2\n");

        Assert.Equal([3, 4, 5], reading.Problems.Select(problem => problem.Line));
        Assert.True(reading.Locodes.TryLocate(Locode.Parse("NLZZ9"), out _));
        Assert.True(reading.Locodes.TryLocate(Locode.Parse("NLRTM"), out var moved));
        Assert.Equal((1m, 2m), (moved.Latitude, moved.Longitude));
        Assert.True(Locodes.BuiltIn.TryLocate(Locode.Parse("NLRTM"), out var still));
        Assert.NotEqual(moved, still);
    }

    [Fact]
    public void A_file_with_another_header_is_not_read()
    {
        var reading = Locodes.BuiltIn.WithPlaces(new StringReader("a,b,c\nNLZZ9,Somewhere,51.5,4.5\n"));

        Assert.Equal(1, Assert.Single(reading.Problems).Line);
        Assert.Equal(Locodes.BuiltIn.Count, reading.Locodes.Count);
    }

    [Fact]
    public void A_file_on_disk_is_read()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "code,name,latitude,longitude\nNLZZ9,Somewhere,51.5,4.5\n");

        Assert.Equal(Locodes.BuiltIn.Count + 1, Locodes.BuiltIn.WithFile(path).Locodes.Count);
        File.Delete(path);
    }

    private static LocodesReading Read(string rows) =>
        Locodes.BuiltIn.WithPlaces(new StringReader($"code,name,latitude,longitude\n{rows}"));
}
