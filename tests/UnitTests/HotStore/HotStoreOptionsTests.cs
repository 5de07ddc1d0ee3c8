using EcmrGateway.HotStore;
using EcmrGateway.Risk.Facts;
using Xunit;

namespace EcmrGateway.UnitTests.HotStore;

public sealed class HotStoreOptionsTests
{
    private static readonly HotStoreOptions Options = new() { ProfileTtl = TimeSpan.FromDays(10) };

    [Theory]
    [InlineData(0, 9.0)]
    [InlineData(0x8000_0000_0000_0000, 10.0)]
    [InlineData(0xFFFF_FFFF_FFFF_FFFF, 11.0)]
    public void A_profile_lives_its_time_give_or_take_a_tenth(ulong id, double days) =>
        Assert.Equal(days, Options.TtlOf(new(new UInt128(0, id))).TotalDays, 3);

    [Fact]
    public void The_same_profile_always_lives_as_long() =>
        Assert.Equal(Options.TtlOf(new SubjectId(123456)), Options.TtlOf(new SubjectId(123456)));
}
