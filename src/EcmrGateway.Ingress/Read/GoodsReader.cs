using EcmrGateway.Notes.Note;
using Wire = Ecmr.Note.V1;

namespace EcmrGateway.Ingress.Read;

/// <summary>Reads lines of goods, dangerous goods and waste.</summary>
internal static class GoodsReader
{
    public static ConsignmentItem Item(Wire.ConsignmentItem wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            LineNo = reading.Count("line_no", wire.LineNo),
            Description = reading.Text("description", wire.Description, 512),
            PackageCount = wire.PackageCount,
            PackageType = reading.Text("package_type", wire.PackageType, 70),
            Marks = reading.Texts("marks", wire.Marks, 50, 70),
            GrossMass = reading.Measure("gross_mass", wire.GrossMass, MeasureKind.Mass),
            NetMass = reading.Measure("net_mass", wire.NetMass, MeasureKind.Mass),
            Volume = reading.Measure("volume", wire.Volume, MeasureKind.Volume),
            Quantity = reading.Measure("quantity", wire.Quantity, MeasureKind.Quantity),
            HsCode = reading.Text("hs_code", wire.HsCode, 70),
            CountryOfOrigin = reading.Country("country_of_origin", wire.CountryOfOrigin),
            TemperatureMin = reading.Measure("temperature_min", wire.TemperatureMin, MeasureKind.Temperature),
            TemperatureMax = reading.Measure("temperature_max", wire.TemperatureMax, MeasureKind.Temperature),
            Regulated = reading.Codes("regulated", wire.Regulated, RegulatedGoods.DualUse),
            DangerousGoods = reading.Many("dangerous_goods", wire.DangerousGoods, 50, DangerousGoods),
            Waste = reading.One("waste", wire.Waste, Waste),
            LoadedIn = reading.Text("loaded_in", wire.LoadedIn, 70),
        };
    }

    public static DangerousGoods DangerousGoods(Wire.DangerousGoods wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            UnNumber = reading.UnNumber("un_number", wire.UnNumber),
            ProperShippingName = reading.Text("proper_shipping_name", wire.ProperShippingName, 128),
            TechnicalName = reading.Text("technical_name", wire.TechnicalName, 128),
            Labels = reading.Texts("labels", wire.Labels, 20, 35),
            ClassificationCode = reading.Text("classification_code", wire.ClassificationCode, 70),
            PackingGroup = reading.Code("packing_group", (int)wire.PackingGroup, PackingGroup.III),
            TunnelCode = reading.Text("tunnel_code", wire.TunnelCode, 70),
            NoRestrictedTunnel = wire.NoRestrictedTunnel,
            PackageCount = reading.Count("package_count", wire.PackageCount),
            PackageType = reading.Text("package_type", wire.PackageType, 70),
            UnPackagingCode = reading.Text("un_packaging_code", wire.UnPackagingCode, 70),
            GrossMass = reading.Measure("gross_mass", wire.GrossMass, MeasureKind.Mass),
            NetMass = reading.Measure("net_mass", wire.NetMass, MeasureKind.Mass),
            Volume = reading.Measure("volume", wire.Volume, MeasureKind.Volume),
            NetExplosiveContent = reading.Measure(
                "net_explosive_content", wire.NetExplosiveContent, MeasureKind.Mass),
            TransportCategory = reading.Text("transport_category", wire.TransportCategory, 70),
            LimitedQuantity = wire.LimitedQuantity,
            ExceptedQuantity = wire.ExceptedQuantity,
            Statements = reading.Codes("statements", wire.Statements, DangerousGoodsStatement.Molten),
            HazardIdNumber = reading.Text("hazard_id_number", wire.HazardIdNumber, 70),
            ControlTemperature = reading.Measure(
                "control_temperature", wire.ControlTemperature, MeasureKind.Temperature),
            EmergencyTemperature = reading.Measure(
                "emergency_temperature", wire.EmergencyTemperature, MeasureKind.Temperature),
            SpecialProvisions = reading.Texts("special_provisions", wire.SpecialProvisions, 20, 35),
            Radioactive = reading.One("radioactive", wire.Radioactive, RadioactiveMaterial),
            SpecialAgreement = reading.Text("special_agreement", wire.SpecialAgreement, 70),
            ExemptionPoints = reading.Text("exemption_points", wire.ExemptionPoints, 70),
            EmergencyContact = reading.Text("emergency_contact", wire.EmergencyContact, 35),
        };
    }

    public static RadioactiveMaterial RadioactiveMaterial(Wire.RadioactiveMaterial wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Isotope = reading.Text("isotope", wire.Isotope, 35),
            Activity = reading.Measure("activity", wire.Activity, MeasureKind.Quantity),
            TransportIndex = reading.Text("transport_index", wire.TransportIndex, 70),
            CriticalitySafetyIndex = reading.Text("criticality_safety_index", wire.CriticalitySafetyIndex, 70),
            Category = reading.Text("category", wire.Category, 70),
        };
    }

    public static Waste Waste(Wire.Waste wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Kind = reading.Code("kind", (int)wire.Kind, WasteKind.NlDomestic),
            LowCode = reading.Text("low_code", wire.LowCode, 70),
            BaselCode = reading.Text("basel_code", wire.BaselCode, 70),
            OecdCode = reading.Text("oecd_code", wire.OecdCode, 70),
            AnnexEntry = reading.Text("annex_entry", wire.AnnexEntry, 70),
            OperationCode = reading.Text("operation_code", wire.OperationCode, 70),
            Annex7Number = reading.Text("annex7_number", wire.Annex7Number, 70),
            NotificationNumber = reading.Text("notification_number", wire.NotificationNumber, 70),
            MovementDocumentNumber = reading.Text("movement_document_number", wire.MovementDocumentNumber, 70),
            DiwassRef = reading.Text("diwass_ref", wire.DiwassRef, 512),
            Arranger = reading.One("arranger", wire.Arranger, PartyReader.Party),
            Producer = reading.One("producer", wire.Producer, PartyReader.Party),
            Facility = reading.One("facility", wire.Facility, PartyReader.Party),
            ActualQuantity = reading.Measure("actual_quantity", wire.ActualQuantity, MeasureKind.Quantity),
            StartDate = reading.Date("start_date", wire.StartDate),
            Afvalstroomnummer = reading.Text("afvalstroomnummer", wire.Afvalstroomnummer, 70),
            CarrierAuthentication = reading.One(
                "carrier_authentication", wire.CarrierAuthentication, CarrierAuthentication),
            ConsentConditions = reading.Text("consent_conditions", wire.ConsentConditions, 2000),
        };
    }

    public static CarrierAuthentication CarrierAuthentication(Wire.CarrierAuthentication wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Time = reading.Moment("time", wire.Time),
            Name = reading.Text("name", wire.Name, 140),
            Function = reading.Text("function", wire.Function, 70),
        };
    }
}
