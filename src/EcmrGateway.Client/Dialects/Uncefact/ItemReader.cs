using Ecmr.Note.V1;

namespace EcmrGateway.Client.Dialects.Uncefact;

/// <summary>A line of goods of the message.</summary>
internal static class ItemReader
{
    public static ConsignmentItem Read(XmlTree element, ReadingLog log)
    {
        var item = new ConsignmentItem
        {
            LineNo = Values.Count(element.Child("SequenceNumeric"), log),
            Description = element.Take("NatureIdentificationTransportCargo", "Identification"),
            GrossMass = Values.Measure(element.Child("GrossWeightMeasure"), "KGM", log),
            NetMass = Values.Measure(element.Child("NetWeightMeasure"), "KGM", log),
            Volume = Values.Measure(element.Child("GrossVolumeMeasure"), "MTQ", log),
            CountryOfOrigin = element.Take("OriginTradeCountry", "ID"),
        };
        ReadPackages(element, item, log);
        foreach (var goods in element.All("ApplicableTransportDangerousGoods"))
        {
            item.DangerousGoods.Add(ReadDangerous(goods, log));
        }

        return item;
    }

    private static void ReadPackages(XmlTree element, ConsignmentItem item, ReadingLog log)
    {
        foreach (var package in element.All("TransportLogisticsPackage"))
        {
            item.PackageCount += Values.Count(package.Child("ItemQuantity"), log);
            var type = package.Take("TypeCode");
            if (item.PackageType.Length == 0)
            {
                item.PackageType = type;
            }
            else if (type.Length > 0 && type != item.PackageType)
            {
                log.Add(RemarkKind.NotMapped, package.Path + "/TypeCode",
                    $"The line has packages of several kinds, the note one kind a line: {item.PackageType} is kept.");
            }

            foreach (var marks in package.All("PhysicalLogisticsShippingMarks"))
            {
                foreach (var marking in marks.All("Marking").Where(marking => marking.Text.Length > 0))
                {
                    marking.MarkTaken();
                    item.Marks.Add(marking.Text);
                }
            }
        }
    }

    private static DangerousGoods ReadDangerous(XmlTree element, ReadingLog log)
    {
        var goods = new DangerousGoods
        {
            UnNumber = element.Take("UNDGIdentificationCode"),
            ProperShippingName = element.Take("ProperShippingName"),
            TechnicalName = element.Take("TechnicalName"),
            TunnelCode = element.Take("TunnelRestrictionCode"),
            HazardIdNumber = element.Take("UpperPartOrangeHazardPlacardID"),
            GrossMass = Values.Measure(element.Child("GrossWeightMeasure"), "KGM", log),
            NetMass = Values.Measure(element.Child("NetWeightMeasure"), "KGM", log),
            PackingGroup = element.Take("PackagingDangerLevelCode") switch
            {
                "1" or "I" => PackingGroup.I,
                "2" or "II" => PackingGroup.Ii,
                "3" or "III" => PackingGroup.Iii,
                _ => PackingGroup.Unspecified,
            },
        };
        foreach (var label in element.All("HazardClassificationID").Where(label => label.Text.Length > 0))
        {
            label.MarkTaken();
            goods.Labels.Add(label.Text);
        }

        return goods;
    }
}
