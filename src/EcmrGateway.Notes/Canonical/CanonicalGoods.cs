using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Canonical;

/// <summary>Lines of goods, dangerous goods and waste. Members stand in the order of their names.</summary>
internal static class CanonicalGoods
{
    public static void Item(ConsignmentItem value, ref JcsWriter json)
    {
        json.Text("countryOfOrigin"u8, value.CountryOfOrigin?.Value);
        json.Many("dangerousGoods"u8, value.DangerousGoods, DangerousGoods);
        json.Text("description"u8, value.Description);
        json.Measure("grossMass"u8, value.GrossMass);
        json.Text("hsCode"u8, value.HsCode);
        json.Number("lineNo"u8, value.LineNo);
        json.Text("loadedIn"u8, value.LoadedIn);
        json.Texts("marks"u8, value.Marks);
        json.Measure("netMass"u8, value.NetMass);
        json.Number("packageCount"u8, value.PackageCount);
        json.Text("packageType"u8, value.PackageType);
        json.Measure("quantity"u8, value.Quantity);
        json.Codes("regulated"u8, value.Regulated, EnumNames.RegulatedGoods);
        json.Measure("temperatureMax"u8, value.TemperatureMax);
        json.Measure("temperatureMin"u8, value.TemperatureMin);
        json.Measure("volume"u8, value.Volume);
        json.One("waste"u8, value.Waste, Waste);
    }

    public static void DangerousGoods(DangerousGoods value, ref JcsWriter json)
    {
        json.Text("classificationCode"u8, value.ClassificationCode);
        json.Measure("controlTemperature"u8, value.ControlTemperature);
        json.Text("emergencyContact"u8, value.EmergencyContact);
        json.Measure("emergencyTemperature"u8, value.EmergencyTemperature);
        json.Flag("exceptedQuantity"u8, value.ExceptedQuantity);
        json.Text("exemptionPoints"u8, value.ExemptionPoints);
        json.Measure("grossMass"u8, value.GrossMass);
        json.Text("hazardIdNumber"u8, value.HazardIdNumber);
        json.Texts("labels"u8, value.Labels);
        json.Flag("limitedQuantity"u8, value.LimitedQuantity);
        json.Measure("netExplosiveContent"u8, value.NetExplosiveContent);
        json.Measure("netMass"u8, value.NetMass);
        json.Flag("noRestrictedTunnel"u8, value.NoRestrictedTunnel);
        json.Number("packageCount"u8, value.PackageCount);
        json.Text("packageType"u8, value.PackageType);
        json.Code("packingGroup"u8, value.PackingGroup, EnumNames.PackingGroup);
        json.Text("properShippingName"u8, value.ProperShippingName);
        json.One("radioactive"u8, value.Radioactive, RadioactiveMaterial);
        json.Text("specialAgreement"u8, value.SpecialAgreement);
        json.Texts("specialProvisions"u8, value.SpecialProvisions);
        json.Codes("statements"u8, value.Statements, EnumNames.DangerousGoodsStatement);
        json.Text("technicalName"u8, value.TechnicalName);
        json.Text("transportCategory"u8, value.TransportCategory);
        json.Text("tunnelCode"u8, value.TunnelCode);
        json.UnNumber("unNumber"u8, value.UnNumber);
        json.Text("unPackagingCode"u8, value.UnPackagingCode);
        json.Measure("volume"u8, value.Volume);
    }

    public static void RadioactiveMaterial(RadioactiveMaterial value, ref JcsWriter json)
    {
        json.Measure("activity"u8, value.Activity);
        json.Text("category"u8, value.Category);
        json.Text("criticalitySafetyIndex"u8, value.CriticalitySafetyIndex);
        json.Text("isotope"u8, value.Isotope);
        json.Text("transportIndex"u8, value.TransportIndex);
    }

    public static void Waste(Waste value, ref JcsWriter json)
    {
        json.Measure("actualQuantity"u8, value.ActualQuantity);
        json.Text("afvalstroomnummer"u8, value.Afvalstroomnummer);
        json.Text("annex7Number"u8, value.Annex7Number);
        json.Text("annexEntry"u8, value.AnnexEntry);
        json.One("arranger"u8, value.Arranger, CanonicalParties.Party);
        json.Text("baselCode"u8, value.BaselCode);
        json.One("carrierAuthentication"u8, value.CarrierAuthentication, CarrierAuthentication);
        json.Text("consentConditions"u8, value.ConsentConditions);
        json.Text("diwassRef"u8, value.DiwassRef);
        json.One("facility"u8, value.Facility, CanonicalParties.Party);
        json.Code("kind"u8, value.Kind, EnumNames.WasteKind);
        json.Text("lowCode"u8, value.LowCode);
        json.Text("movementDocumentNumber"u8, value.MovementDocumentNumber);
        json.Text("notificationNumber"u8, value.NotificationNumber);
        json.Text("oecdCode"u8, value.OecdCode);
        json.Text("operationCode"u8, value.OperationCode);
        json.One("producer"u8, value.Producer, CanonicalParties.Party);
        json.Date("startDate"u8, value.StartDate);
    }

    public static void CarrierAuthentication(CarrierAuthentication value, ref JcsWriter json)
    {
        json.Text("function"u8, value.Function);
        json.Text("name"u8, value.Name);
        json.Moment("time"u8, value.Time);
    }
}
