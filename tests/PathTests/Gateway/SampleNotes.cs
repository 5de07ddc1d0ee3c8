using Ecmr.Note.V1;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.PathTests.Gateway;

/// <summary>Correct notes for tests; each change to one makes a case.</summary>
internal static class SampleNotes
{
    /// <summary>A name that must be found nowhere but in the ledger's notes.</summary>
    public const string Canary = "CANARY";

    /// <summary>A note from Rotterdam to Venlo that is on the road now.</summary>
    public static ConsignmentNote OnTheRoad(
        string? noteId = null, string plate = "12-BCD-3", string carrier = "NL123456789B01", string massKg = "12000")
    {
        var now = TimeProvider.System.GetUtcNow();
        return new ConsignmentNote
        {
            NoteId = noteId ?? Guid.NewGuid().ToString(),
            NoteNumber = "TEST-1",
            Profiles = { NoteProfile.Cmr },
            Issue = new Issue
            {
                Date = new Date { Year = now.Year, Month = now.Month, Day = now.Day },
                Place = "Rotterdam",
                Country = "NL",
                Time = Moment(now.AddHours(-2)),
            },
            Language = "en",
            CmrClause = true,
            ChargesAsAgreed = true,
            Consignor = Party("Consignor", "NL", "Rotterdam"),
            Consignee = Party("Consignee", "DE", "Duisburg"),
            Carriers = { new Carrier { Party = CarrierParty(carrier), Role = CarrierRole.Contracting } },
            TakingOver = new TakingOver
            {
                Place = Place("NLRTM", "NL", "Rotterdam", 51.92, 4.48),
                PlannedTime = Moment(now.AddMinutes(-5)),
            },
            Delivery = new Delivery
            {
                Place = Place("DEDUI", "DE", "Duisburg", 51.43, 6.76),
                PlannedTime = Moment(now.AddHours(4)),
            },
            Items = { Item(1, massKg) },
            Legs = { new Leg { Vehicle = new Vehicle { Plate = plate, Country = "NL" } } },
            CustomsInstructions = "None.",
        };
    }

    public static Moment Moment(DateTimeOffset time) => new()
    {
        Time = DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()).ToTimestamp(),
        UtcOffsetMinutes = 60,
    };

    private static ConsignmentItem Item(int line, string massKg) => new()
    {
        LineNo = line,
        Description = "Ceramic tiles",
        PackageCount = 10,
        PackageType = "PX",
        Marks = { $"{Canary}-MARK" },
        GrossMass = new Measure { Value = massKg, Unit = "KGM" },
    };

    private static Party Party(string role, string country, string city) => new()
    {
        Name = $"{Canary} {role} name",
        Ids =
        {
            new PartyId { Scheme = PartyIdScheme.Eori, Value = country + "CANARY" + role.ToUpperInvariant()[..3] },
        },
        Address = new Address { Street = $"{Canary} street 1", City = city, Country = country, Postcode = "1234AB" },
        Contact = new Contact { Person = $"{Canary} person", Phone = "+31600000000", Email = "canary@example.org" },
    };

    private static Party CarrierParty(string vat) => new()
    {
        Name = $"{Canary} Carrier {vat}",
        Ids = { new PartyId { Scheme = PartyIdScheme.Vat, Value = vat } },
        Address = new Address { Street = $"{Canary} road", HouseNumber = "2", City = "Venlo", Country = "NL" },
    };

    private static Place Place(string locode, string country, string city, double latitude, double longitude) => new()
    {
        Locode = locode,
        Address = new Address { City = city, Country = country },
        Coordinates = new Coordinates { Latitude = latitude, Longitude = longitude },
    };
}
