using CsCheck;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.UnitTests.Risk;
using Google.Protobuf;
using Xunit;
using Wire = Ecmr.Scores.V1;

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
    public void Says_of_rows_that_end_within_a_row_that_they_are_no_profile()
    {
        var consignor = new Wire.ConsignorProfile { Notes = ByteString.CopyFrom(new byte[22]) };
        var vehicle = new Wire.VehicleProfile { Ranked = ByteString.CopyFrom(new byte[15]) };

        Assert.Throws<InvalidDataException>(() => ProfileCodec.ReadConsignor(consignor.ToByteArray()));
        Assert.Throws<InvalidDataException>(() => ProfileCodec.ReadVehicle(vehicle.ToByteArray()));
    }

    [Fact]
    public void Says_of_rows_that_name_what_is_not_there_that_they_are_no_profile()
    {
        Action<Wire.VehicleProfile>[] spoilings =
        [
            wire => wire.Subjects = ByteString.Empty,
            wire => wire.Texts.Clear(),
            wire => wire.Warnings = ByteString.Empty,
            wire => wire.Vehicle = ByteString.Empty,
            wire => wire.DangerousGoods[0].Movement = 1,
            wire => wire.DangerousGoods[0].Movement = -1,
        ];
        var note = Given.Note(7) with { WarningCodes = ["W-1"], DangerousGoods = new([], true, []) };
        var bytes = ProfileCodec.Write(new HotVehicle(VehicleProfile.Of([Given.Movement(note)], []), []));

        Assert.Single(ProfileCodec.ReadVehicle(bytes).Profile.Movements);
        Assert.All(spoilings, spoil =>
        {
            var wire = Wire.VehicleProfile.Parser.ParseFrom(bytes);
            spoil(wire);
            Assert.Throws<InvalidDataException>(() => ProfileCodec.ReadVehicle(wire.ToByteArray()));
        });
    }

    [Fact]
    public void Reads_an_empty_value_as_an_empty_profile() =>
        Assert.Equal(VehicleProfile.Empty, ProfileCodec.ReadVehicle(ReadOnlyMemory<byte>.Empty).Profile);
}
