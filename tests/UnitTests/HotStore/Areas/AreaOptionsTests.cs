using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Areas;
using EcmrGateway.Risk.Movements;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace EcmrGateway.UnitTests.HotStore.Areas;

public sealed class AreaOptionsTests
{
    [Fact]
    public void Without_a_setting_the_defaults_hold()
    {
        var areas = Bound([]);

        Assert.Equal(DutchFreightAreas.All.Count, areas.All.Count);
        Assert.NotNull(areas.Find("rotterdam-maasvlakte"));
        Assert.Null(areas.Find("nowhere"));
    }

    [Fact]
    public void The_defaults_are_what_the_model_takes()
    {
        Assert.Empty(AreaSet.Validate(DutchFreightAreas.All));
        Assert.Equal(DutchFreightAreas.All.Select(area => area.Id).Order(StringComparer.Ordinal),
            DutchFreightAreas.All.Select(area => area.Id));
    }

    [Fact]
    public void Settings_take_the_place_of_the_defaults()
    {
        var areas = Bound(Area(0, "b", "51.5", "4.5", "10").Concat(Area(1, "a", "52", "5", "200")));

        Assert.Equal(
            [new Area("a", "a", 52, 5, 200), new Area("b", "b", 51.5, 4.5, 10)], areas.All);
    }

    [Theory]
    [InlineData("", "52", "5", "10")]
    [InlineData("Venlo", "52", "5", "10")]
    [InlineData("ven lo", "52", "5", "10")]
    [InlineData("venlo", "90.1", "5", "10")]
    [InlineData("venlo", null, "5", "10")]
    [InlineData("venlo", "52", "-180.1", "10")]
    [InlineData("venlo", "52", "5", "0.9")]
    [InlineData("venlo", "52", "5", "200.1")]
    [InlineData("venlo", "52", "5", null)]
    public void A_wrong_area_is_refused(string id, string? latitude, string? longitude, string? radius) =>
        Assert.Throws<OptionsValidationException>(() => Bound(Area(0, id, latitude, longitude, radius)));

    [Fact]
    public void An_id_is_there_once()
    {
        var failure = Assert.Throws<OptionsValidationException>(
            () => Bound(Area(0, "a", "52", "5", "10").Concat(Area(1, "a", "99", "5", "10"))));

        Assert.Equal(2, failure.Failures.Count());
    }

    private static IEnumerable<KeyValuePair<string, string?>> Area(
        int at, string id, string? latitude, string? longitude, string? radius) =>
    [
        new($"Areas:{at}:Id", id), new($"Areas:{at}:Latitude", latitude), new($"Areas:{at}:Longitude", longitude),
        new($"Areas:{at}:RadiusKm", radius),
    ];

    private static AreaList Bound(IEnumerable<KeyValuePair<string, string?>> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddHotStore()
        .BuildServiceProvider()
        .GetRequiredService<AreaList>();
}
