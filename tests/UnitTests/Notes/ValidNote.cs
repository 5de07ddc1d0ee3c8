using EcmrGateway.Notes.Note;
using EcmrGateway.Notes.Rules;

namespace EcmrGateway.UnitTests.Notes;

/// <summary>A note without findings, Rotterdam to Hamburg, which each test breaks in one place.</summary>
internal static class ValidNote
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static readonly NoteRuleContext Context = new(Now);

    public static ConsignmentNote Valid { get; } = new()
    {
        NoteId = Parse("01926d3a-5b1c-7c4e-9d2f-0123456789ab"),
        Issue = new() { Date = new(2026, 11, 24), Place = "Rotterdam", Country = Country("NL") },
        CmrClause = true,
        Consignor = PartyOf("Consignor", "NL"),
        Consignee = PartyOf("Consignee", "DE"),
        Carriers = [new() { Party = PartyOf("Carrier", "NL") }],
        TakingOver = new() { Place = PlaceOf("NLRTM", "NL"), PlannedTime = new(Now.AddHours(2)) },
        Delivery = new() { Place = PlaceOf("DEHAM", "DE"), PlannedTime = new(Now.AddHours(12)) },
        Items =
        [
            Item("Ceramic tiles", 12_000),
            Item("Steel bolts", 8_000.5m),
            Item("Coffee in bags", 5_000),
        ],
        Legs = [new() { Vehicle = new() { Registration = Plate("12-ABC-3", "NL"), Country = Country("NL") } }],
        ChargesAsAgreed = true,
    };

    public static CountryCode Country(string code) => CountryCode.Parse(code);

    public static VehicleRegistration Plate(string plate, string? country = null) =>
        VehicleRegistration.TryParse(plate, country is null ? null : Country(country), out var registration)
            ? registration
            : throw new FormatException(plate);

    public static Party PartyOf(string name, string country) => new()
    {
        Name = name,
        Address = new() { Street = "Street", City = "City", Country = Country(country) },
    };

    public static Place PlaceOf(string locode, string country) => new()
    {
        Locode = Locode.Parse(locode),
        Address = new() { Country = Country(country) },
    };

    public static ConsignmentItem Item(string description, decimal grossKg) => new()
    {
        Description = description,
        PackageCount = 10,
        PackageType = "PX",
        Marks = ["A-1"],
        GrossMass = new(grossKg, "KGM"),
    };

    public static ConsignmentNote With(Func<ConsignmentNote, ConsignmentNote> change) => change(Valid);

    /// <summary>The note with its first line changed.</summary>
    public static ConsignmentNote WithItem(Func<ConsignmentItem, ConsignmentItem> change) =>
        Valid with { Items = Valid.Items.SetItem(0, change(Valid.Items[0])) };

    public static ConsignmentNote WithProfile(this ConsignmentNote note, params NoteProfile[] profiles) =>
        note with { Profiles = [.. profiles] };

    /// <summary>Findings of a note as "CODE severity field", in order.</summary>
    public static string[] Findings(ConsignmentNote note) => Findings(note, Context);

    public static string[] Findings(ConsignmentNote note, in NoteRuleContext context) =>
        [.. NoteRules.Check(note, context).Select(finding => $"{finding.Code} {finding.Severity} {finding.Field}")];

    private static NoteId Parse(string text) =>
        NoteId.TryParse(text, out var id) ? id : throw new FormatException(text);
}
