using System.Diagnostics;
using System.Globalization;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Risk.Factors;

/// <summary>Whether the note's dangerous goods agree with ADR Table A and with each other.</summary>
internal static class DangerousGoodsFactor
{
    public const string Code = FactorCodes.DangerousGoods;

    private const string LegalBasis = "ADR 5.4.1; Wet vervoer gevaarlijke stoffen";

    public static void Evaluate(in FactorInput input, List<Contribution> contributions)
    {
        var note = input.Movement.Note;
        if (note.DangerousGoods is not { Discrepancies.Count: > 0 } goods)
        {
            return;
        }

        var settings = input.Settings.DangerousGoods;
        var kinds = 0;
        var points = 0;
        var worst = goods.Discrepancies[0];
        foreach (var discrepancy in goods.Discrepancies)
        {
            var kind = 1 << (int)discrepancy.Kind;
            var weight = settings.KindPoints[(int)discrepancy.Kind - 1];
            points += (kinds & kind) == 0 ? weight : 0;
            kinds |= kind;

            // Of the kinds that weigh most the first, and of its lines the lowest number: the same for any order.
            var before = settings.KindPoints[(int)worst.Kind - 1];
            if (weight > before || (weight == before && Compare(discrepancy, worst) < 0))
            {
                worst = discrepancy;
            }
        }

        var more = int.PopCount(kinds) - 1;
        var because = more == 0
            ? $"{Sentence(worst)}."
            : $"{Sentence(worst)}, and {Sources.Count(more, "contradiction", "contradictions")} of other kinds.";
        contributions.Add(new(Code, Math.Min(points, settings.PointsMax), because, LegalBasis, [note.Position]));
    }

    private static int Compare(DangerousGoodsDiscrepancy left, DangerousGoodsDiscrepancy right) =>
        left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : left.UnNumber.CompareTo(right.UnNumber);

    private static string Sentence(DangerousGoodsDiscrepancy discrepancy)
    {
        var goods = discrepancy.UnNumber == 0
            ? "a line"
            : string.Create(CultureInfo.InvariantCulture, $"UN {discrepancy.UnNumber:D4}");
        return discrepancy.Kind switch
        {
            DiscrepancyKind.IndicatorDeniesLines =>
                "The note says that there are no dangerous goods, but has lines of them",
            DiscrepancyKind.IndicatorWithoutLines => "The note says that there are dangerous goods, but has no line",
            DiscrepancyKind.UnNumberUnknown => $"The UN number of {goods} is not in ADR Table A",
            DiscrepancyKind.PackingGroup => $"The packing group of {goods} is not one of ADR Table A",
            DiscrepancyKind.Label => $"The label of {goods} is not one of ADR Table A",
            DiscrepancyKind.TunnelCode => $"The tunnel code of {goods} is not one of ADR Table A",
            DiscrepancyKind.CarriageProhibited => $"ADR Table A prohibits the carriage of {goods}",
            DiscrepancyKind.QuantityMissing => $"The quantity of {goods} is missing",
            _ => throw new UnreachableException($"No sentence for {discrepancy.Kind}."),
        };
    }
}
