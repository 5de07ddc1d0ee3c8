using EcmrGateway.Risk.Movements;
using Xunit;

namespace EcmrGateway.UnitTests.Risk.Movements;

public sealed class AreaSetTests
{
    private static readonly Area Good = new("venlo-1", "Venlo", 51.37, 6.17, 15);

    [Fact]
    public void Areas_are_in_order_of_their_ids() =>
        Assert.Equal(
            ["eindhoven", "groningen", "rotterdam", "venlo"], AreaSet.Of(Given.Areas).Areas.Select(area => area.Id));

    [Theory]
    [InlineData("")]
    [InlineData("Venlo")]
    [InlineData("venlo west")]
    public void An_id_is_of_lower_case_letters_digits_and_hyphens(string id)
    {
        Assert.Empty(AreaSet.Validate([Good]));
        Assert.Single(AreaSet.Validate([Good with { Id = id }]));
    }

    [Theory]
    [InlineData(90.1, 0, 1)]
    [InlineData(0, -180.1, 1)]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0, 1000.1)]
    [InlineData(0, 0, double.NaN)]
    public void Centre_and_radius_are_on_the_globe(double latitude, double longitude, double radius) =>
        Assert.Single(AreaSet.Validate(
            [Good with { Latitude = latitude, Longitude = longitude, RadiusKm = radius }]));

    [Fact]
    public void An_id_is_there_once_and_the_number_of_areas_is_limited()
    {
        Assert.Single(AreaSet.Validate([Good, Good]));
        Assert.Empty(AreaSet.Validate(Many(AreaSet.CountMax)));
        Assert.Single(AreaSet.Validate(Many(AreaSet.CountMax + 1)));
        Assert.Throws<ArgumentException>(() => AreaSet.Of([Good, Good]));
    }

    [Fact]
    public void The_movement_settings_are_valid_and_wrong_ones_are_found()
    {
        Assert.Empty(new MovementSettings().Validate());
        Assert.Single(new MovementSettings { DetourMilli = 999 }.Validate());
        Assert.Single(new MovementSettings { MarginMinutesMax = 29 }.Validate());
        Assert.Equal(2, new MovementSettings { AverageSpeedKmh = 0, EndHours = 0 }.Validate().Count);
    }

    private static Area[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => Good with { Id = $"a{i}" })];
}
