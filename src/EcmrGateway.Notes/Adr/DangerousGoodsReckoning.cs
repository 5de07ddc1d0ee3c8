using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Adr;

/// <summary>Transport category and quantity of a line, as ADR 1.1.3.6 reckons them.</summary>
internal static class DangerousGoodsReckoning
{
    private const decimal Thousandths = 1000;

    public static DangerousGoodsLine LineOf(DangerousGoods goods)
    {
        var rows = goods.UnNumber is { } number ? TableA.Of(number) : [];
        return new(
            goods.UnNumber,
            CategoryOf(goods, rows),
            QuantityMilliOf(goods, rows),
            goods.LimitedQuantity || goods.ExceptedQuantity);
    }

    /// <summary>The category of the rows that fit. Where they differ: the one stated, else the strictest.</summary>
    private static string CategoryOf(DangerousGoods goods, IReadOnlyList<TableARow> rows)
    {
        var stated = goods.TransportCategory == "1a" ? "1" : goods.TransportCategory;
        var strictest = "";
        var statedFits = false;
        foreach (var row in rows)
        {
            if (row.TransportCategory.Length == 0
                || (goods.PackingGroup != PackingGroup.Unspecified && row.PackingGroup != goods.PackingGroup)
                || (!goods.Labels.IsEmpty && row.Labels.Count > 0 && row.Class == "2" && !LabelsFit(row, goods)))
            {
                continue;
            }

            statedFits |= row.TransportCategory == stated;
            strictest = strictest.Length == 0 || string.CompareOrdinal(row.TransportCategory, strictest) < 0
                ? row.TransportCategory
                : strictest;
        }

        return statedFits ? stated : strictest;
    }

    // Gases of one number differ by their subsidiary labels: UN 1950 has eleven rows.
    private static bool LabelsFit(TableARow row, DangerousGoods goods) =>
        goods.Labels.AsSpan().SequenceEqual(row.Labels.ToArray());

    /// <summary>
    /// ADR 1.1.3.6.3: net explosive mass for class 1; litres for liquids and compressed gases; net mass for solids and
    /// other gases; gross mass for articles. What the line does not state is taken from what it does.
    /// </summary>
    private static long QuantityMilliOf(DangerousGoods goods, IReadOnlyList<TableARow> rows)
    {
        var (gross, net) = (goods.GrossMass?.Kilograms, goods.NetMass?.Kilograms);
        var (volume, explosive) = (goods.Volume?.Litres, goods.NetExplosiveContent?.Kilograms);
        var row = rows.Count > 0 ? rows[0] : null;
        var quantity = row switch
        {
            { Class: "1" } => explosive ?? net ?? gross,
            { Class: "3" } or { Class: "2", ClassificationCode: ['1', ..] } => volume ?? net ?? gross,
            { Class: "2" } => net ?? gross ?? volume,
            _ => net ?? volume ?? gross,
        };
        return (long)Math.Round((quantity ?? explosive ?? 0) * Thousandths);
    }
}
