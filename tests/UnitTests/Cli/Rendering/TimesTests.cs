using EcmrGateway.Cli.Rendering;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcmrGateway.UnitTests.Cli.Rendering;

public sealed class TimesTests
{
    private readonly FakeTimeProvider _clock = new(CliTestHost.Now);

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(-1, "1 min")]
    [InlineData(-59, "59 min")]
    [InlineData(-120, "2 h")]
    [InlineData(-60 * 47, "47 h")]
    [InlineData(-60 * 24 * 3, "3 d")]
    [InlineData(5, "0 s")]
    public void Ages_are_in_the_largest_fitting_unit(int minutes, string text) =>
        Assert.Equal(text, Times.Age(RankedVehicles.At(minutes), _clock));

    [Fact]
    public void A_window_is_in_the_zone_of_the_machine_and_names_another_day()
    {
        _clock.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("t", TimeSpan.FromHours(1), "t", "t"));

        Assert.Equal("10:20-11:20", Times.Window(RankedVehicles.At(0), RankedVehicles.At(60), _clock));
        Assert.Equal("Thu 26 10:20", Times.Window(RankedVehicles.At(60 * 24), null, _clock));
        Assert.Equal("time unknown", Times.Window(null, null, _clock));
    }
}
