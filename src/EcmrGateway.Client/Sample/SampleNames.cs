namespace EcmrGateway.Client.Sample;

/// <summary>
/// Invented names. They are put together from common words; a likeness to a real firm or person is chance.
/// </summary>
internal static class SampleNames
{
    private static readonly string[] Stems =
    [
        "Aldervoort", "Bakkum", "Brandrode", "Calvera", "Dorsthof", "Eikrand", "Falkenau", "Groenlo", "Haverik",
        "Irmgau",
        "Jasvik", "Kestrova", "Lindemark", "Morvale", "Nordheuvel", "Ostrava Nova", "Pellworm", "Quintar", "Ravensdonk",
        "Silverbeek", "Terwolde", "Uddelmeer", "Valmont", "Westrak", "Ysselstroom", "Zandkamp", "Birkental", "Corvina",
        "Drentmeer", "Elsbroek", "Fennema", "Gravelund",
    ];

    private static readonly string[] CarrierTrades =
        ["Transport", "Logistics", "Trucking", "Spedition", "Freight", "Road Cargo", "Cargo", "Transporte"];

    private static readonly string[] CompanyTrades =
    [
        "Foods", "Steel", "Chemicals", "Papers", "Packaging", "Electronics", "Furniture", "Machinery", "Plastics",
        "Textiles",
        "Beverages", "Ceramics", "Retail DC", "Distribution", "Horticulture", "Automotive Parts", "Trading",
            "Building Supply",
    ];

    private static readonly string[] Surnames =
    [
        "Aalders", "Bosveld", "Ciesla", "Dirksma", "Ekberg", "Fontein", "Gorny", "Heerema", "Ionita", "Janota",
        "Kalnins",
        "Lemmens", "Matulis", "Novakov", "Oudenaarde", "Petrauskis", "Quist", "Rademann", "Szalai", "Terpstra",
    ];

    private static readonly string[] Streets =
    [
        "Havenstraat", "Industrieweg", "Kanaalkade", "Logistiekweg", "Marconistraat", "Nijverheidslaan", "Poortweg",
        "Spoorlaan", "Transportweg", "Vrachtweg", "Hafenring", "Gewerbepark", "Industriestrasse", "Rue du Port",
        "Via del Porto", "Dock Road", "Magazynowa", "Tranzitni",
    ];

    public static string Carrier(ref SampleRandom random, string country) =>
        $"{random.Pick<string>(Stems)} {random.Pick<string>(CarrierTrades)} {Form(country)}";

    public static string Company(ref SampleRandom random, string country) =>
        $"{random.Pick<string>(Stems)} {random.Pick<string>(CompanyTrades)} {Form(country)}";

    public static string Person(ref SampleRandom random) =>
        $"{(char)('A' + random.Below(26))}. {random.Pick<string>(Surnames)}";

    public static string Street(ref SampleRandom random) => random.Pick<string>(Streets);

    private static string Form(string country) => country switch
    {
        "NL" => "B.V.",
        "BE" => "N.V.",
        "DE" or "AT" or "CH" => "GmbH",
        "FR" or "LU" => "S.A.R.L.",
        "PL" => "Sp. z o.o.",
        "LT" => "UAB",
        "RO" => "S.R.L.",
        "IT" => "S.r.l.",
        "ES" => "S.L.",
        "CZ" => "s.r.o.",
        "HU" => "Kft.",
        "DK" => "A/S",
        "GB" => "Ltd",
        _ => "Co.",
    };
}
