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
        var keys = new HotKeys(buckets: 16);

        Assert.Equal("g:{3}", (string?)HotKeys.Generation(3));
        Assert.Equal("c:{0}:AQIDBAUGBwgJCgsMDQ4PEA", (string?)keys.Carrier(Id));
        Assert.Equal("s:{0}:AQIDBAUGBwgJCgsMDQ4PEA", (string?)keys.Consignor(Id));
        Assert.Equal("v:{0}:AQIDBAUGBwgJCgsMDQ4PEA", (string?)keys.Vehicle(Id));
        Assert.Equal("a:{0}:AQIDBAUGBwgJCgsMDQ4PEA", (string?)keys.Assessment(Id));
        Assert.Equal("oc:{0}:AQIDBAUGBwgJCgsMDQ4PEA", (string?)keys.OnRoad(SubjectKind.Carrier, Id));
        Assert.Equal("os:{0}:AQIDBAUGBwgJCgsMDQ4PEA", (string?)keys.OnRoad(SubjectKind.Consignor, Id));
        Assert.Equal("rank:{2}:venlo:490000", (string?)HotKeys.Ranking(2, "venlo", 490_000));
    }

    [Fact]
    public void Subjects_are_spread_over_the_buckets()
    {
        var keys = new HotKeys(buckets: 16);

        Assert.Equal(
            Enumerable.Range(0, 16), Enumerable.Range(0, 64).Select(id => keys.BucketOf(new((UInt128)id))).Distinct());
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
