using System.Runtime.InteropServices;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Wire = Ecmr.Scores.V1;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Assessments to the bytes of ecmr.scores.v1 and back. The same assessment gives the same bytes.</summary>
public static class AssessmentCodec
{
    /// <summary>No checks.</summary>
    private const long Unrated = -1;

    public static byte[] Write(VehicleAssessment assessment)
    {
        var wire = new Wire.VehicleAssessment
        {
            Vehicle = SubjectBytes.Write(assessment.Vehicle),
            ModelVersion = assessment.ModelVersion,
            SettingsHash = assessment.SettingsHash,
        };
        if (assessment.LastCheckedMs is { } lastChecked)
        {
            wire.LastCheckedMs = lastChecked;
        }

        var rows = Rows.New<ScoreRow>(assessment.Movements.Count, out var movements);
        var texts = new TextTable(wire.Texts);
        var subjects = new SubjectTable();
        var parts = new Parts([], [], []);
        for (var index = 0; index < rows.Length; index++)
        {
            var score = assessment.Movements[index];
            rows[index] = Row(score, subjects);
            parts.Add(score, texts);
        }

        wire.Subjects = subjects.ToBytes();
        wire.Movements = movements;
        wire.Contributions = Rows.Write(parts.Contributions);
        wire.Sources = Rows.Write(parts.Sources);
        wire.Passages = Rows.Write(parts.Passages);
        return wire.ToByteArray();
    }

    /// <exception cref="InvalidDataException">Not such a message.</exception>
    public static VehicleAssessment Read(ReadOnlyMemory<byte> bytes)
    {
        var wire = Messages.Parse(Wire.VehicleAssessment.Parser, bytes);
        var rows = Rows.Read<ScoreRow>(wire.Movements);
        var contributions = Rows.Read<ContributionRow>(wire.Contributions);
        var sources = Rows.Read<long>(wire.Sources);
        var passages = Rows.Read<PassageRow>(wire.Passages);
        var scores = new MovementScore[rows.Length];
        for (var index = 0; index < scores.Length; index++)
        {
            ref readonly var row = ref rows[index];
            scores[index] = Score(
                row,
                Contributions(Rows.Take(ref contributions, row.Contributions), ref sources, wire.Texts),
                Passages(Rows.Take(ref passages, row.Passages), wire.Texts),
                SubjectTable.At(wire.Subjects, row.Carrier));
        }

        return new(
            SubjectBytes.Read(wire.Vehicle), scores, wire.HasLastCheckedMs ? wire.LastCheckedMs : null,
            wire.ModelVersion, wire.SettingsHash);
    }

    private static ScoreRow Row(MovementScore score, SubjectTable subjects) => new(
        score.Position, score.AsOfMs, score.ReceivedMs, score.StartMs, score.EndMs,
        score.FormulaRatingCenti ?? Unrated, subjects.PlaceOf(score.Carrier), score.Leg, score.Points,
        score.Consequence, score.Contributions.Count, score.Passages.Count, score.Uncertain);

    private static MovementScore Score(
        in ScoreRow row, Contribution[] contributions, Passage[] passages, SubjectId? carrier) => new()
        {
            Position = row.Position,
            Leg = row.Leg,
            Points = row.Points,
            Consequence = row.Consequence,
            AsOfMs = row.AsOfMs,
            ReceivedMs = row.ReceivedMs,
            StartMs = row.StartMs,
            EndMs = row.EndMs,
            Uncertain = row.Uncertain,
            Contributions = contributions,
            Passages = passages,
            Carrier = carrier,
            FormulaRatingCenti = row.FormulaRatingCenti == Unrated ? null : row.FormulaRatingCenti,
        };

    private static Contribution[] Contributions(
        scoped ReadOnlySpan<ContributionRow> rows, ref ReadOnlySpan<long> sources, RepeatedField<string> texts)
    {
        var contributions = new Contribution[rows.Length];
        for (var index = 0; index < rows.Length; index++)
        {
            ref readonly var row = ref rows[index];
            contributions[index] = new(
                TextTable.At(texts, row.Code), row.Points, TextTable.At(texts, row.Because),
                TextTable.At(texts, row.LegalBasis), Rows.Take(ref sources, row.Sources).ToArray());
        }

        return contributions;
    }

    private static Passage[] Passages(ReadOnlySpan<PassageRow> rows, RepeatedField<string> texts)
    {
        var passages = new Passage[rows.Length];
        for (var index = 0; index < rows.Length; index++)
        {
            ref readonly var row = ref rows[index];
            passages[index] = new(TextTable.At(texts, row.Area), row.FirstHour, row.LastHour);
        }

        return passages;
    }

    /// <summary>As in ecmr.scores.v1.VehicleAssessment.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct ScoreRow(
        long Position, long AsOfMs, long ReceivedMs, long StartMs, long EndMs, long FormulaRatingCenti, int Carrier,
        int Leg, int Points, int Consequence, int Contributions, int Passages, bool Uncertain);

    /// <summary>As above.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct ContributionRow(int Code, int Points, int Because, int LegalBasis, int Sources);

    /// <summary>As above.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct PassageRow(int Area, int FirstHour, int LastHour);

    /// <summary>What there may be several of for each movement.</summary>
    private sealed record Parts(List<ContributionRow> Contributions, List<long> Sources, List<PassageRow> Passages)
    {
        public void Add(MovementScore score, TextTable texts)
        {
            foreach (var one in score.Contributions)
            {
                Contributions.Add(new(
                    texts.PlaceOf(one.Code), one.Points, texts.PlaceOf(one.Because), texts.PlaceOf(one.LegalBasis),
                    one.Sources.Count));
                Sources.AddRange(one.Sources);
            }

            foreach (var one in score.Passages)
            {
                Passages.Add(new(texts.PlaceOf(one.Area), one.FirstHour, one.LastHour));
            }
        }
    }
}
