using Ecmr.Note.V1;

namespace EcmrGateway.Client.Sample;

/// <param name="PackageType">UN/ECE Recommendation 21.</param>
/// <param name="HsCode">Harmonised System, 6 digits.</param>
/// <param name="PackageKg">Gross mass of one package.</param>
/// <param name="LitresPerKg">Volume taken by a kilogram.</param>
internal sealed record GoodsKind(
    string Description, string PackageType, string HsCode, int PackageKg, double LitresPerKg);

/// <param name="Labels">As in ADR Table A column 5.</param>
/// <param name="TunnelCode">Column 15; empty where Table A has a dash.</param>
internal sealed record DangerousKind(
    string UnNumber, string Name, string TechnicalName, string[] Labels, string ClassificationCode, PackingGroup Group,
    string TunnelCode, string TransportCategory, string PackageType, string UnPackagingCode, int PackageKg,
    string HsCode, string Description);

/// <summary>Goods as they travel in Europe. The dangerous ones agree with ADR 2025 Table A.</summary>
internal static class GoodsCatalogue
{
    public static readonly GoodsKind[] Plain =
    [
        new("Fresh tomatoes in crates", "CR", "070200", 8, 3.2),
        new("Cut flowers, refrigerated", "BX", "060319", 6, 8),
        new("Potted plants", "PX", "060290", 180, 6),
        new("Apples, packed", "CT", "080810", 14, 2.4),
        new("Frozen potato products", "CT", "200410", 11, 2.1),
        new("Cheese, Gouda type, in cartons", "CT", "040690", 16, 1.6),
        new("Bottled beer", "PX", "220300", 720, 1.5),
        new("Wine in bottles", "CS", "220421", 17, 1.4),
        new("Mineral water", "PX", "220110", 840, 1.2),
        new("Chocolate confectionery", "CT", "180690", 9, 2.5),
        new("Roasted coffee", "CT", "090121", 13, 2.9),
        new("Dog and cat food", "PX", "230910", 640, 1.9),
        new("Corrugated board packaging", "PX", "481910", 260, 6.5),
        new("Printing paper on reels", "RL", "480255", 850, 1.3),
        new("Steel coils, hot rolled", "CL", "720839", 2400, 0.3),
        new("Aluminium profiles", "BE", "760429", 320, 1.1),
        new("Steel pipe fittings", "CS", "730799", 210, 0.6),
        new("Polyethylene granulate in bags", "BG", "390120", 25, 1.9),
        new("Plastic household articles", "CT", "392410", 7, 7.2),
        new("Car tyres, new", "PX", "401110", 310, 5.4),
        new("Motor vehicle parts", "PX", "870899", 240, 3.1),
        new("Machine parts, steel", "CR", "848390", 180, 1.2),
        new("Agricultural machinery parts", "PX", "843390", 290, 2.4),
        new("Refrigerators, household", "CT", "841821", 62, 7.8),
        new("Washing machines", "CT", "845011", 71, 5.6),
        new("Television sets", "CT", "852872", 19, 8.4),
        new("Wooden furniture, flat packed", "PX", "940360", 330, 3.6),
        new("Upholstered seats", "CT", "940161", 38, 11),
        new("Cotton clothing", "CT", "610910", 12, 5.9),
        new("Footwear", "CT", "640399", 10, 6.4),
        new("Books and brochures", "PX", "490199", 520, 1.5),
        new("Ceramic floor tiles", "PX", "690721", 1100, 0.6),
        new("Sawn timber, spruce", "BE", "440711", 780, 1.9),
        new("Glass bottles, empty", "PX", "701090", 420, 3.9),
        new("Cleaning preparations, not dangerous", "PX", "340250", 560, 1.4),
        new("Cosmetics", "CT", "330499", 8, 3.7),
        new("Medical devices", "PC", "901890", 5, 7.5),
        new("Insulated copper cable on reels", "RL", "854449", 460, 0.9),
        new("Animal feed, compound, in bulk", "VR", "230990", 0, 1.7),
        new("Rapeseed oil, refined, in bulk", "VL", "151491", 0, 1.1),
    ];

    public static readonly DangerousKind[] Dangerous =
    [
        new("1202", "DIESEL FUEL", "", ["3"], "F1", PackingGroup.Iii, "D/E", "3", "WA", "31HA1", 860, "271019",
            "Diesel fuel in intermediate bulk containers"),
        new("1203", "PETROL", "", ["3"], "F1", PackingGroup.Ii, "D/E", "2", "DR", "1A1", 165, "271012",
            "Petrol in steel drums"),
        new("1965", "HYDROCARBON GAS MIXTURE, LIQUEFIED, N.O.S.", "MIXTURE C", ["2.1"], "2F",
            PackingGroup.Unspecified, "B/D", "2", "CY", "", 24, "271119", "Liquefied gas in cylinders"),
        new("1978", "PROPANE", "", ["2.1"], "2F", PackingGroup.Unspecified, "B/D", "2", "CY", "", 23, "271112",
            "Propane in cylinders"),
        new("1072", "OXYGEN, COMPRESSED", "", ["2.2", "5.1"], "1O", PackingGroup.Unspecified, "E", "3", "CY", "", 65,
            "280440", "Oxygen in cylinders"),
        new("1263", "PAINT", "", ["3"], "F1", PackingGroup.Iii, "D/E", "3", "CA", "3A1", 22, "320890", "Paint in cans"),
        new("1133", "ADHESIVES", "", ["3"], "F1", PackingGroup.Iii, "D/E", "3", "CA", "3A1", 18, "350691",
            "Adhesives in cans"),
        new("1866", "RESIN SOLUTION", "", ["3"], "F1", PackingGroup.Iii, "D/E", "3", "DR", "1A2", 210, "390750",
            "Resin solution in drums"),
        new("1993", "FLAMMABLE LIQUID, N.O.S.", "ethyl acetate, xylene", ["3"], "F1", PackingGroup.Iii, "D/E", "3",
            "DR", "1A1", 190, "381400", "Solvent mixture in drums"),
        new("1219", "ISOPROPANOL", "", ["3"], "F1", PackingGroup.Ii, "D/E", "2", "WA", "31HA1", 820, "290512",
            "Isopropanol in intermediate bulk containers"),
        new("1950", "AEROSOLS, flammable", "", ["2.1"], "5F", PackingGroup.Unspecified, "D", "2", "CT", "4G", 9,
            "330720", "Aerosol cans in cartons"),
        new("1824", "SODIUM HYDROXIDE SOLUTION", "", ["8"], "C5", PackingGroup.Ii, "E", "2", "WA", "31HA1", 1350,
            "281512", "Caustic soda solution"),
        new("1830", "SULPHURIC ACID", "", ["8"], "C1", PackingGroup.Ii, "E", "2", "WA", "31HA1", 1500, "280700",
            "Sulphuric acid"),
        new("2014", "HYDROGEN PEROXIDE, AQUEOUS SOLUTION", "", ["5.1", "8"], "OC1", PackingGroup.Ii, "E", "2", "JC",
            "3H1", 28, "284700", "Hydrogen peroxide solution"),
        new("2794", "BATTERIES, WET, FILLED WITH ACID", "", ["8"], "C11", PackingGroup.Unspecified, "E", "3", "PX", "",
            680, "850710", "Lead-acid batteries on pallets"),
        new("3082", "ENVIRONMENTALLY HAZARDOUS SUBSTANCE, LIQUID, N.O.S.", "epoxy resin", ["9"], "M6",
            PackingGroup.Iii, "", "3", "DR", "1A1", 220, "390730", "Epoxy resin in drums"),
        new("3480", "LITHIUM ION BATTERIES", "", ["9A"], "M4", PackingGroup.Unspecified, "E", "2", "CT", "4G", 14,
            "850760", "Lithium ion batteries"),
    ];
}
