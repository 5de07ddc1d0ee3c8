using System.Globalization;
using Ecmr.Note.V1;

namespace EcmrGateway.Client.Sample;

/// <summary>Lines of goods: three on average, some with dangerous goods, a few with waste.</summary>
internal static class GoodsComposer
{
    private const double DangerousPercent = 6;
    private const double WastePercent = 1;

    // Weights of 1 to 6 lines; the mean is 3.
    private static readonly byte[] LineCounts = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6];

    private static readonly string[] Origins = ["NL", "BE", "DE", "FR", "PL", "IT", "ES", "CN", "TR", "US"];

    /// <param name="massKg">Mass to stay under, as far as single packages allow.</param>
    /// <param name="fillPercent">Least part of that mass that a line of plain goods takes, 1 to 100.</param>
    public static void Add(ConsignmentNote note, int massKg, int fillPercent, ref SampleRandom random)
    {
        var lines = random.Pick<byte>(LineCounts);
        var dangerous = random.Chance(DangerousPercent) ? random.Below(lines) : -1;
        var waste = dangerous < 0 && random.Chance(WastePercent);
        long totalKg = 0;
        for (var line = 0; line < lines; line++)
        {
            var shareKg = massKg / lines;
            var item = line == dangerous
                ? Dangerous(shareKg, ref random)
                : Plain(shareKg, lines == 1, fillPercent, ref random);
            item.LineNo = line + 1;
            AddMarks(item, note, line, ref random);
            if (waste && line == 0)
            {
                MakeWaste(note, item, ref random);
            }

            totalKg += long.Parse(item.GrossMass.Value, CultureInfo.InvariantCulture);
            note.Items.Add(item);
        }

        note.TotalGrossMass = Kg(totalKg);
        note.DangerousGoodsIndicator = dangerous >= 0;
        if (dangerous >= 0)
        {
            note.Profiles.Add(NoteProfile.Adr);
        }
    }

    public static Measure Kg(long kg) =>
        new() { Value = kg.ToString(CultureInfo.InvariantCulture), Unit = "KGM" };

    private static ConsignmentItem Plain(int shareKg, bool alone, int fillPercent, ref SampleRandom random)
    {
        var kind = Fitting(shareKg, alone, ref random);
        var count = kind.PackageKg == 0
            ? 0
            : Math.Max(1, shareKg * random.Between(fillPercent, 100) / 100 / kind.PackageKg);
        var grossKg = kind.PackageKg == 0 ? Math.Max(500, shareKg) : count * (long)kind.PackageKg;
        var item = new ConsignmentItem
        {
            Description = kind.Description,
            PackageCount = count,
            PackageType = kind.PackageType,
            GrossMass = Kg(grossKg),
            HsCode = kind.HsCode,
        };
        if (random.Chance(60))
        {
            item.NetMass = Kg(Math.Max(1, grossKg * random.Between(86, 98) / 100));
        }

        if (random.Chance(70))
        {
            var litres = (long)(grossKg * kind.LitresPerKg);
            item.Volume = new Measure { Value = SampleNumbers.Milli(Math.Max(1, litres)), Unit = "MTQ" };
        }

        if (random.Chance(35))
        {
            item.CountryOfOrigin = random.Pick<string>(Origins);
        }

        return item;
    }

    // A kind whose single package is not heavier than the share; bulk travels alone.
    private static GoodsKind Fitting(int shareKg, bool alone, ref SampleRandom random)
    {
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var kind = random.Pick<GoodsKind>(GoodsCatalogue.Plain);
            if (kind.PackageKg == 0 ? alone && shareKg > 5000 : kind.PackageKg <= shareKg)
            {
                return kind;
            }
        }

        return GoodsCatalogue.Plain[0];
    }

    private static ConsignmentItem Dangerous(int shareKg, ref SampleRandom random)
    {
        var kind = random.Pick<DangerousKind>(GoodsCatalogue.Dangerous);
        var count = Math.Max(1, shareKg / kind.PackageKg);
        var grossKg = count * (long)kind.PackageKg;
        var goods = new DangerousGoods
        {
            UnNumber = kind.UnNumber,
            ProperShippingName = kind.Name,
            TechnicalName = kind.TechnicalName,
            ClassificationCode = kind.ClassificationCode,
            PackingGroup = kind.Group,
            TunnelCode = kind.TunnelCode,
            PackageCount = count,
            PackageType = kind.PackageType,
            UnPackagingCode = kind.UnPackagingCode,
            GrossMass = Kg(grossKg),
            NetMass = Kg(Math.Max(1, grossKg * 9 / 10)),
            TransportCategory = kind.TransportCategory,
            EmergencyContact = "+31" + SampleNumbers.Digits(ref random, 9),
        };
        goods.Labels.AddRange(kind.Labels);
        var item = new ConsignmentItem
        {
            Description = kind.Description,
            PackageCount = count,
            PackageType = kind.PackageType,
            GrossMass = Kg(grossKg),
            NetMass = Kg(Math.Max(1, grossKg * 9 / 10)),
            HsCode = kind.HsCode,
        };
        item.DangerousGoods.Add(goods);
        return item;
    }

    private static void AddMarks(ConsignmentItem item, ConsignmentNote note, int line, ref SampleRandom random)
    {
        for (var mark = random.Below(3); mark >= 0; mark--)
        {
            item.Marks.Add($"{note.NoteNumber}/{line + 1}-{SampleNumbers.Digits(ref random, 6)}");
        }
    }

    private static void MakeWaste(ConsignmentNote note, ConsignmentItem item, ref SampleRandom random)
    {
        item.Description = "Scrap metal, ferrous, sorted";
        item.HsCode = "720449";
        item.Regulated.Add(RegulatedGoods.Waste);
        item.Waste = new Waste
        {
            Kind = WasteKind.GreenAnnex7,
            LowCode = "191202",
            BaselCode = "B1010",
            OperationCode = "R4",
            Annex7Number = "A7-" + SampleNumbers.Digits(ref random, 8),
            Arranger = note.Consignor.Clone(),
            Facility = note.Consignee.Clone(),
            ActualQuantity = item.GrossMass.Clone(),
        };
        note.Profiles.Add(NoteProfile.WasteAnnex7);
    }
}
