using CsCheck;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.UnitTests.Risk;
using Google.Protobuf;
using Xunit;
using Wire = Ecmr.Scores.V1;

namespace EcmrGateway.UnitTests.HotStore.Codec;

public sealed class AssessmentCodecTests
{
    [Fact]
    public void Gives_back_any_assessment() => Gen.Select(RiskGen.Movements, RiskGen.Checks).Sample(
        (movements, checks) =>
        {
            var assessment = Assessed(movements, checks);
            var bytes = AssessmentCodec.Write(assessment);
            var read = AssessmentCodec.Read(bytes);

            Assert.Equal(bytes, AssessmentCodec.Write(read));
            Assert.Equal(assessment.Vehicle, read.Vehicle);
            Assert.Equal(assessment.LastCheckedMs, read.LastCheckedMs);
            Assert.Equal(assessment.Movements.Count, read.Movements.Count);
            foreach (var (written, back) in assessment.Movements.Zip(read.Movements))
            {
                Assert.Equivalent(written, back, strict: true);
            }
        },
        iter: 50);

    [Fact]
    public void Names_the_model_and_the_settings()
    {
        var read = AssessmentCodec.Read(AssessmentCodec.Write(Assessed([Given.Movement(Given.Note(7))], [])));

        Assert.Equal(RiskModel.Version, read.ModelVersion);
        Assert.Equal(Given.Model.SettingsHash, read.SettingsHash);
    }

    [Fact]
    public void Keeps_a_vehicle_without_movements()
    {
        var read = AssessmentCodec.Read(AssessmentCodec.Write(Assessed([], [Given.Check(3, Given.Eight)])));

        Assert.Equal(Given.Vehicle, read.Vehicle);
        Assert.Equal(Given.Eight, read.LastCheckedMs);
        Assert.Empty(read.Movements);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x0A, 0x02, 0x01, 0x02 })]
    public void Says_of_other_bytes_that_they_are_no_assessment(byte[] bytes) =>
        Assert.Throws<InvalidDataException>(() => AssessmentCodec.Read(bytes));

    [Fact]
    public void Says_of_rows_that_name_what_is_not_there_that_they_are_no_assessment()
    {
        Action<Wire.VehicleAssessment>[] spoilings =
        [
            wire => wire.Texts.Clear(),
            wire => wire.Subjects = ByteString.Empty,
            wire => wire.Contributions = ByteString.Empty,
            wire => wire.Sources = ByteString.Empty,
            wire => wire.Movements = ByteString.CopyFrom(wire.Movements.Span[1..]),
        ];
        var note = Given.Note(7) with { WarningCodes = ["W-1"] };
        var bytes = AssessmentCodec.Write(Assessed([Given.Movement(note)], []));

        Assert.NotEmpty(AssessmentCodec.Read(bytes).Movements[0].Contributions);
        Assert.All(spoilings, spoil =>
        {
            var wire = Wire.VehicleAssessment.Parser.ParseFrom(bytes);
            spoil(wire);
            Assert.Throws<InvalidDataException>(() => AssessmentCodec.Read(wire.ToByteArray()));
        });
    }

    private static VehicleAssessment Assessed(List<VehicleMovement> movements, List<CheckFact> checks) =>
        Given.Model.Assess(
            Given.Vehicle, VehicleProfile.Of(movements, checks),
            _ => CarrierProfile.Of(checks), _ => ConsignorProfile.Empty);
}
