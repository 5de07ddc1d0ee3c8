using Ecmr.Facts.V1;
using EcmrGateway.Notes.Adr;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Ingress.Facts;

/// <summary>Writes the dangerous goods of a note, held against ADR Table A.</summary>
internal static class DangerousGoodsFacts
{
    /// <returns>Null: the note has no such lines and no indicator.</returns>
    public static DangerousGoodsLoad? Write(ConsignmentNote note)
    {
        if (DangerousGoodsConsistency.Assess(note) is not { } assessment)
        {
            return null;
        }

        var load = new DangerousGoodsLoad();
        if (assessment.Indicator is { } indicator)
        {
            load.Indicator = indicator;
        }

        foreach (var line in assessment.Lines)
        {
            load.Lines.Add(new Ecmr.Facts.V1.DangerousGoodsLine
            {
                UnNumber = line.UnNumber?.Value ?? 0,
                TransportCategory = line.TransportCategory,
                QuantityMilli = line.QuantityMilli,
                LimitedOrExcepted = line.LimitedOrExcepted,
            });
        }

        foreach (var discrepancy in assessment.Discrepancies)
        {
            load.Discrepancies.Add(new Ecmr.Facts.V1.DangerousGoodsDiscrepancy
            {
                Kind = (Ecmr.Facts.V1.DangerousGoodsDiscrepancyKind)discrepancy.Kind,
                UnNumber = discrepancy.UnNumber?.Value ?? 0,
            });
        }

        return load;
    }
}
