using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Adr;

/// <summary>Kinds of contradictions. Numbers as in ecmr.facts.v1.DangerousGoodsDiscrepancyKind.</summary>
public enum DangerousGoodsDiscrepancyKind
{
    /// <summary>The indicator says no, but a line that is not exempt is there.</summary>
    IndicatorDeniesLines = 1,

    /// <summary>The indicator says yes, but there is no line.</summary>
    IndicatorWithoutLines = 2,

    /// <summary>The UN number is not in ADR Table A.</summary>
    UnNumberUnknown = 3,

    /// <summary>Table A has no row of that UN number with the packing group stated.</summary>
    PackingGroup = 4,

    /// <summary>Table A has no row of that UN number with the main label stated.</summary>
    Label = 5,

    /// <summary>Table A has no row of that UN number with the tunnel code stated.</summary>
    TunnelCode = 6,

    /// <summary>Table A prohibits the carriage.</summary>
    CarriageProhibited = 7,

    /// <summary>No quantity is stated.</summary>
    QuantityMissing = 8,
}

/// <param name="UnNumber">Null: the note as a whole.</param>
public readonly record struct DangerousGoodsDiscrepancy(DangerousGoodsDiscrepancyKind Kind, UnNumber? UnNumber);

/// <summary>A line of dangerous goods as Table A has it.</summary>
/// <param name="UnNumber">Null: not stated.</param>
/// <param name="TransportCategory">ADR 1.1.3.6, "0" to "4"; empty: not known.</param>
/// <param name="QuantityMilli">Thousandths of the unit of ADR 1.1.3.6.3, kilograms or litres; 0: not stated.</param>
/// <param name="LimitedOrExcepted">Packed in limited (ADR 3.4) or excepted quantities (3.5), and so exempt.</param>
public readonly record struct DangerousGoodsLine(
    UnNumber? UnNumber, string TransportCategory, long QuantityMilli, bool LimitedOrExcepted);

/// <summary>The dangerous goods of a note, held against Table A.</summary>
/// <param name="Indicator">The note's own indicator; null: not stated.</param>
/// <param name="Lines">In the order of the note.</param>
/// <param name="Discrepancies">The note as a whole first, then line by line.</param>
public sealed record DangerousGoodsAssessment(
    bool? Indicator,
    IReadOnlyList<DangerousGoodsLine> Lines,
    IReadOnlyList<DangerousGoodsDiscrepancy> Discrepancies);

/// <summary>Finds what contradicts in the dangerous goods of a note. Reports only; it refuses nothing.</summary>
public static class DangerousGoodsConsistency
{
    /// <summary>Null: the note has no such lines and no indicator.</summary>
    public static DangerousGoodsAssessment? Assess(ConsignmentNote note)
    {
        var lines = new List<DangerousGoodsLine>();
        var discrepancies = new List<DangerousGoodsDiscrepancy>();
        foreach (var item in note.Items)
        {
            foreach (var goods in item.DangerousGoods)
            {
                lines.Add(DangerousGoodsReckoning.LineOf(goods));
                TableAComparison.Compare(goods, discrepancies);
            }
        }

        if (lines.Count == 0 && note.DangerousGoodsIndicator is null)
        {
            return null;
        }

        if (OfIndicator(note.DangerousGoodsIndicator, lines) is { } kind)
        {
            discrepancies.Insert(0, new(kind, null));
        }

        return new(note.DangerousGoodsIndicator, lines, discrepancies);
    }

    // Regulation (EU) 2024/1942 art. 11(3)(b): the indicator is "no" for goods exempt from the information duty.
    private static DangerousGoodsDiscrepancyKind? OfIndicator(bool? indicator, List<DangerousGoodsLine> lines) =>
        indicator switch
        {
            false when lines.Exists(line => !line.LimitedOrExcepted) =>
                DangerousGoodsDiscrepancyKind.IndicatorDeniesLines,
            true when lines.Count == 0 => DangerousGoodsDiscrepancyKind.IndicatorWithoutLines,
            _ => null,
        };
}
