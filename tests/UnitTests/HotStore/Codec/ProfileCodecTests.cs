using CsCheck;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.UnitTests.Risk;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.HotStore.Codec;

public sealed class ProfileCodecTests
{
    private static readonly RankedPassage[] Ranked = [new("venlo", 400_000, 400_001, 30), new("utrecht", 1, 1, 0)];

    [Fact]
    public void Gives_back_any_vehicle_profile() => Gen.Select(RiskGen.Movements, RiskGen.Checks).Sample(
        (movements, checks) =>
        {
            var profile = VehicleProfile.Of(movements, checks);
            var held = ProfileCodec.ReadVehicle(ProfileCodec.Write(new HotVehicle(profile, Ranked)));
            Assert.Equal(profile, held.Profile);
            Assert.Equal(Ranked, held.Ranked);
        },
        iter: 200);

    [Fact]
    public void Gives_back_any_carrier_profile() => RiskGen.Checks.Sample(
        checks =>
        {
            var profile = CarrierProfile.Of(checks);
            Assert.Equal(profile, ProfileCodec.ReadCarrier(ProfileCodec.Write(profile)));
        },
        iter: 200);

    [Fact]
    public void Gives_back_any_consignor_profile() => RiskGen.Summary.List[0, 150].Sample(
        notes =>
        {
            var profile = ConsignorProfile.Of(notes.DistinctBy(note => note.Position));
            foreach (var points in (int?[])[null, 0, 7])
            {
                var held = new HotConsignor(profile, points);
                Assert.Equal(held, ProfileCodec.ReadConsignor(ProfileCodec.Write(held)));
            }
        },
        iter: 200);

    [Fact]
    public void Writes_the_same_bytes_for_the_same_profile() => RiskGen.Movements.Sample(
        movements => Assert.Equal(
            ProfileCodec.Write(new HotVehicle(VehicleProfile.Of(movements, []), Ranked)),
            ProfileCodec.Write(new HotVehicle(VehicleProfile.Of(movements.AsEnumerable().Reverse(), []), Ranked))),
        iter: 100);

    [Fact]
    public void Says_of_other_bytes_that_they_are_no_profile()
    {
        Assert.Throws<InvalidDataException>(() => ProfileCodec.ReadVehicle(new byte[] { 0x0A, 0xFF, 0x01 }));
        Assert.Throws<InvalidDataException>(() => ProfileCodec.ReadCarrier(new byte[] { 0xFF }));
        Assert.Throws<InvalidDataException>(() => ProfileCodec.ReadConsignor(new byte[] { 0xFF }));
    }

    [Fact]
    public void Says_of_columns_of_unequal_length_that_they_are_no_profile()
    {
        var wire = new Ecmr.Scores.V1.ConsignorProfile { Positions = { 1, 2 }, ReceivedMs = { 1 } };

        Assert.Throws<InvalidDataException>(() => ProfileCodec.ReadConsignor(wire.ToByteArray()));
    }

    [Fact]
    public void Reads_an_empty_value_as_an_empty_profile() =>
        Assert.Equal(VehicleProfile.Empty, ProfileCodec.ReadVehicle(ReadOnlyMemory<byte>.Empty).Profile);
}
