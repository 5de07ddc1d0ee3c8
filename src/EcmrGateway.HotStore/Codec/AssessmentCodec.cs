using EcmrGateway.Risk;
using EcmrGateway.Risk.Movements;
using Google.Protobuf;
using Wire = Ecmr.Scores.V1;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Assessments to the bytes of ecmr.scores.v1 and back. The same assessment gives the same bytes.</summary>
/// <remarks>Model and settings are named with each score; an assessment without movements names none.</remarks>
public static class AssessmentCodec
{
    public static byte[] Write(VehicleAssessment assessment)
    {
        var wire = new Wire.VehicleAssessment
        {
            Vehicle = SubjectBytes.Write(assessment.Vehicle),
            Movements = { assessment.Movements.Select(score => Score(score, assessment)) },
        };
        if (assessment.LastCheckedMs is { } lastChecked)
        {
            wire.LastCheckedMs = lastChecked;
        }

        return wire.ToByteArray();
    }

    /// <exception cref="InvalidDataException">Not such a message.</exception>
    public static VehicleAssessment Read(ReadOnlyMemory<byte> bytes)
    {
        var wire = Messages.Parse(Wire.VehicleAssessment.Parser, bytes);
        var named = wire.Movements.Count > 0 ? wire.Movements[0] : null;
        return new(
            SubjectBytes.Read(wire.Vehicle),
            [.. wire.Movements.Select(Score)],
            wire.HasLastCheckedMs ? wire.LastCheckedMs : null,
            named?.ModelVersion ?? string.Empty,
            named?.SettingsHash ?? string.Empty);
    }

    private static Wire.MovementScore Score(MovementScore score, VehicleAssessment assessment)
    {
        var wire = new Wire.MovementScore
        {
            Position = score.Position,
            Leg = score.Leg,
            Points = score.Points,
            Consequence = score.Consequence,
            AsOfMs = score.AsOfMs,
            ReceivedMs = score.ReceivedMs,
            StartMs = score.StartMs,
            EndMs = score.EndMs,
            Uncertain = score.Uncertain,
            Contributions = { score.Contributions.Select(Contribution) },
            Passages = { score.Passages.Select(Passage) },
            ModelVersion = assessment.ModelVersion,
            SettingsHash = assessment.SettingsHash,
            Carrier = SubjectBytes.Write(score.Carrier),
        };
        if (score.FormulaRatingCenti is { } rating)
        {
            wire.FormulaRatingCenti = rating;
        }

        return wire;
    }

    private static MovementScore Score(Wire.MovementScore wire) => new()
    {
        Position = wire.Position,
        Leg = wire.Leg,
        Points = wire.Points,
        Consequence = wire.Consequence,
        AsOfMs = wire.AsOfMs,
        ReceivedMs = wire.ReceivedMs,
        StartMs = wire.StartMs,
        EndMs = wire.EndMs,
        Uncertain = wire.Uncertain,
        Contributions = [.. wire.Contributions.Select(one => new Contribution(
            one.Code, one.Points, one.Because, one.LegalBasis, [.. one.Sources]))],
        Passages = [.. wire.Passages.Select(one => new Passage(one.Area, one.FirstHour, one.LastHour))],
        Carrier = SubjectBytes.ReadOptional(wire.Carrier),
        FormulaRatingCenti = wire.HasFormulaRatingCenti ? wire.FormulaRatingCenti : null,
    };

    private static Wire.Contribution Contribution(Contribution one) => new()
    {
        Code = one.Code,
        Points = one.Points,
        Because = one.Because,
        LegalBasis = one.LegalBasis,
        Sources = { one.Sources },
    };

    private static Wire.Passage Passage(Passage one) => new()
    {
        Area = one.Area,
        FirstHour = one.FirstHour,
        LastHour = one.LastHour,
    };
}
