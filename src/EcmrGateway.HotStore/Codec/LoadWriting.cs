using EcmrGateway.Risk.Facts;
using Wire = Ecmr.Facts.V1;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Dangerous goods of a profile in the form of the fact they come from.</summary>
internal static class LoadWriting
{
    public static Wire.DangerousGoodsLoad Load(DangerousGoodsLoad load)
    {
        var wire = new Wire.DangerousGoodsLoad
        {
            Lines =
            {
                load.Lines.Select(line => new Wire.DangerousGoodsLine
                {
                    UnNumber = line.UnNumber,
                    TransportCategory = line.TransportCategory,
                    QuantityMilli = line.QuantityMilli,
                    LimitedOrExcepted = line.LimitedOrExcepted,
                }),
            },
            Discrepancies =
            {
                load.Discrepancies.Select(one => new Wire.DangerousGoodsDiscrepancy
                {
                    Kind = (Wire.DangerousGoodsDiscrepancyKind)one.Kind,
                    UnNumber = one.UnNumber,
                }),
            },
        };
        if (load.Indicator is { } indicator)
        {
            wire.Indicator = indicator;
        }

        return wire;
    }
}
