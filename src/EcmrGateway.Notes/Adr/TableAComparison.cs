using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Adr;

/// <summary>Holds a line of dangerous goods against the rows of its UN number.</summary>
internal static class TableAComparison
{
    public static void Compare(DangerousGoods goods, List<DangerousGoodsDiscrepancy> discrepancies)
    {
        if (goods.UnNumber is not { } number)
        {
            return;
        }

        var rows = TableA.Of(number);
        if (rows.Count == 0)
        {
            discrepancies.Add(new(DangerousGoodsDiscrepancyKind.UnNumberUnknown, number));
        }
        else
        {
            CompareRows(goods, number, rows, discrepancies);
        }

        // ADR 5.4.1.1.6: no quantity is asked of empty, uncleaned means of containment.
        if (DangerousGoodsReckoning.LineOf(goods).QuantityMilli == 0
            && !goods.Statements.Contains(DangerousGoodsStatement.EmptyUncleaned))
        {
            discrepancies.Add(new(DangerousGoodsDiscrepancyKind.QuantityMissing, number));
        }
    }

    private static void CompareRows(
        DangerousGoods goods,
        UnNumber number,
        IReadOnlyList<TableARow> rows,
        List<DangerousGoodsDiscrepancy> discrepancies)
    {
        if (goods.PackingGroup != PackingGroup.Unspecified && !rows.Any(row => row.PackingGroup == goods.PackingGroup))
        {
            discrepancies.Add(new(DangerousGoodsDiscrepancyKind.PackingGroup, number));
        }

        if (!goods.Labels.IsEmpty && !rows.Any(row => LabelFits(row, goods.Labels[0])))
        {
            discrepancies.Add(new(DangerousGoodsDiscrepancyKind.Label, number));
        }

        if (goods.TunnelCode.Length > 0 && !rows.Any(row => TunnelFits(row, goods.TunnelCode)))
        {
            discrepancies.Add(new(DangerousGoodsDiscrepancyKind.TunnelCode, number));
        }

        if (rows.All(row => row.Carriage == Carriage.Prohibited))
        {
            discrepancies.Add(new(DangerousGoodsDiscrepancyKind.CarriageProhibited, number));
        }
    }

    /// <summary>Whether the row's main label is the one stated, in the spellings that notes use.</summary>
    /// <remarks>
    /// Class 7: the table has 7X, a note one of 7A to 7E. Class 1: the table has "1", a note often the division, as
    /// "1.1" or "1.1D". Lithium batteries: the table has 9A, and ADR 5.4.1.1.1(c) wants "9" stated.
    /// </remarks>
    private static bool LabelFits(TableARow row, string stated)
    {
        if (row.Labels.Count == 0 || row.Labels[0] == stated)
        {
            return true;
        }

        return row.Class switch
        {
            "1" => stated == "1"
                || stated == row.ClassificationCode
                || (stated.Length == 3 && row.ClassificationCode.StartsWith(stated, StringComparison.Ordinal)),
            "7" => stated.StartsWith('7'),
            "9" => stated is "9" or "9A",
            _ => false,
        };
    }

    private static bool TunnelFits(TableARow row, string stated)
    {
        var code = stated.AsSpan().Trim("() ");
        return code.SequenceEqual(row.TunnelCode) || (code is "-" && row.TunnelCode.Length == 0);
    }
}
