namespace EcmrGateway.Notes.Rules;

/// <summary>Codes of findings. Part of the contract with submitters: never renamed, never reused.</summary>
public static class RuleCodes
{
    /// <summary>Text or bytes longer than the schema allows.</summary>
    public const string TooLong = "LIM-001";

    /// <summary>More entries in a list than the schema allows.</summary>
    public const string TooMany = "LIM-002";

    /// <summary>A value that cannot be read: decimal, date, moment, identifier, enumeration.</summary>
    public const string NotReadable = "FMT-001";

    /// <summary>A field that this gateway does not know; its content would be lost.</summary>
    public const string UnknownField = "FMT-002";

    /// <summary>A unit that cannot be used there, UN/ECE Recommendation 20.</summary>
    public const string Unit = "FMT-003";

    /// <summary>A draft, or a number of a line that is used twice: not a note as the schema has it.</summary>
    public const string NotAsSchema = "FMT-004";

    /// <summary>Date and place of the note, CMR art. 6(1)(a).</summary>
    public const string Issue = "CMR-001";

    /// <summary>Name and address of the sender, CMR art. 6(1)(b).</summary>
    public const string Consignor = "CMR-002";

    /// <summary>Name and address of the carrier, CMR art. 6(1)(c).</summary>
    public const string Carrier = "CMR-003";

    /// <summary>Place and date of taking over, CMR art. 6(1)(d).</summary>
    public const string TakingOver = "CMR-004";

    /// <summary>Place designated for delivery, CMR art. 6(1)(d).</summary>
    public const string Delivery = "CMR-005";

    /// <summary>Name and address of the consignee, CMR art. 6(1)(e).</summary>
    public const string Consignee = "CMR-006";

    /// <summary>Nature of the goods, CMR art. 6(1)(f).</summary>
    public const string Description = "CMR-007";

    /// <summary>Method of packing, CMR art. 6(1)(f), UN/ECE Recommendation 21.</summary>
    public const string PackageType = "CMR-008";

    /// <summary>Number of packages, CMR art. 6(1)(g).</summary>
    public const string PackageCount = "CMR-009";

    /// <summary>Marks and numbers, CMR art. 6(1)(g).</summary>
    public const string Marks = "CMR-010";

    /// <summary>Gross mass or quantity, CMR art. 6(1)(h).</summary>
    public const string Mass = "CMR-011";

    /// <summary>Charges, CMR art. 6(1)(i).</summary>
    public const string Charges = "CMR-012";

    /// <summary>Customs instructions, CMR art. 6(1)(j).</summary>
    public const string CustomsInstructions = "CMR-013";

    /// <summary>Statement of subjection to the Convention, CMR art. 6(1)(k).</summary>
    public const string CmrClause = "CMR-014";

    /// <summary>Scope of the Convention, CMR art. 1(1).</summary>
    public const string Scope = "CMR-015";

    /// <summary>Amounts, currencies and payers, CMR art. 6(2)(b) to (d).</summary>
    public const string Amounts = "CMR-016";

    /// <summary>Countries, ISO 3166-1.</summary>
    public const string Country = "IDN-001";

    /// <summary>Places, UN/LOCODE.</summary>
    public const string Locode = "IDN-002";

    /// <summary>Containers, ISO 6346.</summary>
    public const string Container = "IDN-003";

    /// <summary>Identifiers of parties.</summary>
    public const string PartyId = "IDN-004";

    /// <summary>Registrations of vehicles.</summary>
    public const string Plate = "IDN-005";

    /// <summary>Commodity codes, Harmonised System.</summary>
    public const string HsCode = "IDN-006";

    /// <summary>Order of times, and none in the future.</summary>
    public const string Times = "TIM-001";

    /// <summary>Goods beyond what any combination may weigh.</summary>
    public const string MassCap = "MAS-001";

    /// <summary>Goods beyond what the combination can be expected to carry.</summary>
    public const string MassPlausibility = "MAS-002";

    /// <summary>Masses that contradict each other.</summary>
    public const string MassConsistency = "MAS-003";

    /// <summary>A place that cannot be found on the map.</summary>
    public const string NotLocated = "GEO-001";
}
