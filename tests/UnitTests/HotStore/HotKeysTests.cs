using EcmrGateway.HotStore;
using EcmrGateway.Risk.Facts;
using Xunit;

namespace EcmrGateway.UnitTests.HotStore;

public sealed class HotKeysTests
{
    private static readonly SubjectId Id = new(new UInt128(0x0102030405060708, 0x090A0B0C0D0E0F10));

    [Fact]
    public void Keys_are_as_documented()
    {
        Assert.Equal("p:c:{AQIDBAUGBwgJCgsMDQ4PEA}", (string?)HotKeys.Carrier(Id));
        Assert.Equal("p:s:{AQIDBAUGBwgJCgsMDQ4PEA}", (string?)HotKeys.Consignor(Id));
        Assert.Equal("p:v:{AQIDBAUGBwgJCgsMDQ4PEA}", (string?)HotKeys.Vehicle(Id));
        Assert.Equal("a:{AQIDBAUGBwgJCgsMDQ4PEA}", (string?)HotKeys.Assessment(Id));
        Assert.Equal("rank:{venlo:490000}", (string?)HotKeys.Ranking("venlo", 490_000));
    }

    [Fact]
    public void A_member_gives_back_its_vehicle() => Assert.Equal(Id, HotKeys.VehicleOf(HotKeys.Member(Id)));

    [Fact]
    public void Members_fall_where_vehicles_rise()
    {
        SubjectId[] rising = [new(0), new(1), new(0xFF), new(0x100), Id, new(UInt128.MaxValue)];

        Assert.All(
            rising.Zip(rising.Skip(1)),
            pair => Assert.True(
                HotKeys.Member(pair.First).AsSpan().SequenceCompareTo(HotKeys.Member(pair.Second)) > 0));
    }
}
