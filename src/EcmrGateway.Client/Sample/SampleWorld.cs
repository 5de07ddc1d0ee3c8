using Ecmr.Note.V1;

namespace EcmrGateway.Client.Sample;

/// <param name="Licence">Number of the Community licence.</param>
internal sealed record SampleCarrier(int Index, string Country, Party Party, string Licence);

/// <param name="Party">A template: cloned into each note.</param>
/// <param name="Careless">Leaves out particulars more often than others do.</param>
internal sealed record SampleCompany(Party Party, Place Site, bool Careless);

/// <param name="MaxMassKg">Of the combination.</param>
/// <param name="PayloadKg">What it may carry.</param>
internal sealed record SampleVehicle(
    SampleCarrier Carrier, string Plate, string? TrailerPlate, int MaxMassKg, int Axles, int PayloadKg,
    bool CarriesContainer)
{
    /// <summary>Shows risky patterns many times as often as others do.</summary>
    public bool IsHabitual { get; init; }
}

/// <summary>Who sends, receives and carries, and which trips the vehicles make. Read-only once made.</summary>
internal sealed class SampleWorld
{
    private static readonly string[] CarrierCountries =
    [
        "NL", "NL", "NL", "NL", "NL", "NL", "NL", "NL", "DE", "DE", "DE", "PL", "PL", "PL", "BE", "BE", "LT", "RO",
        "CZ", "ES",
    ];

    private readonly SampleOptions _options;
    private readonly int _companiesPerPlace;
    private readonly SampleCompany[] _companies;

    public SampleWorld(SampleOptions options)
    {
        _options = options;
        Carriers = [.. Enumerable.Range(0, Math.Max(8, options.Count / 200)).Select(MakeCarrier)];
        _companiesPerPlace = Math.Max(2, options.Count / 200 / FreightPlaces.All.Length);
        _companies = [.. Enumerable.Range(0, _companiesPerPlace * FreightPlaces.All.Length).Select(MakeCompany)];
        Vehicles = MakeVehicles(Math.Max(20, options.Count / SampleOptions.NotesPerVehicle));
        Trips = TripPlan.Make(options, Vehicles);
    }

    public SampleCarrier[] Carriers { get; }

    public SampleVehicle[] Vehicles { get; }

    public TripPlan Trips { get; }

    /// <summary>A company at a place, where goods are handed over or received.</summary>
    public SampleCompany CompanyAt(int place, ref SampleRandom random) =>
        _companies[(place * _companiesPerPlace) + random.Below(_companiesPerPlace)];

    private SampleCarrier MakeCarrier(int index)
    {
        var random = SampleRandom.For(_options.Seed, SampleStream.Carrier, index);
        var country = random.Pick<string>(CarrierCountries);
        var party = new Party
        {
            Name = SampleNames.Carrier(ref random, country),
            Address = MakeAddress(ref random, HomeOf(country, ref random)),
            Contact = new Contact { Person = "Planning", Phone = "+31" + SampleNumbers.Digits(ref random, 9) },
        };
        party.Ids.Add(new PartyId { Scheme = PartyIdScheme.Eori, Value = SampleNumbers.Eori(ref random, country) });
        return new(index, country, party, SampleNumbers.Digits(ref random, 8));
    }

    private SampleCompany MakeCompany(int index)
    {
        var random = SampleRandom.For(_options.Seed, SampleStream.Company, index);
        var at = FreightPlaces.All[index / _companiesPerPlace];
        var name = SampleNames.Company(ref random, at.Country);
        var party = new Party { Name = name, Address = MakeAddress(ref random, at) };
        party.Ids.Add(new PartyId { Scheme = PartyIdScheme.Eori, Value = SampleNumbers.Eori(ref random, at.Country) });
        if (at.IsDutch)
        {
            party.Ids.Add(new PartyId { Scheme = PartyIdScheme.Kvk, Value = SampleNumbers.Digits(ref random, 8) });
        }

        var site = new Place
        {
            Locode = at.Locode,
            Name = at.City + " terminal " + (char)('A' + random.Below(6)),
            Address = party.Address.Clone(),
            Coordinates = new Coordinates
            {
                Latitude = Math.Round(at.Latitude + ((random.Below(400) - 200) / 10_000.0), 4),
                Longitude = Math.Round(at.Longitude + ((random.Below(400) - 200) / 10_000.0), 4),
            },
        };
        return new(party, site, random.Chance(10));
    }

    private SampleVehicle[] MakeVehicles(int count)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var vehicles = new SampleVehicle[count];
        for (var i = 0; i < count; i++)
        {
            var random = SampleRandom.For(_options.Seed, SampleStream.Vehicle, i);
            var carrier = Carriers[i % Carriers.Length];
            var plate = Untaken(ref random, carrier.Country, taken, SampleNumbers.Plate);
            var kind = random.Below(10);
            vehicles[i] = kind switch
            {
                < 2 => new(carrier, plate, null, 19_000, 2, 9_000, false),
                < 4 when carrier.Country == "NL" =>
                    new(carrier, plate, Untaken(ref random, "NL", taken, SampleNumbers.TrailerPlate),
                        50_000, 6, 31_000, false),
                _ => new(carrier, plate, Untaken(ref random, carrier.Country, taken, SampleNumbers.TrailerPlate),
                    40_000, 5, 24_000, kind == 9),
            };
            vehicles[i] = vehicles[i] with { IsHabitual = random.Chance(RiskyPatterns.HabitualPercent) };
        }

        return vehicles;
    }

    private delegate string MakePlate(ref SampleRandom random, string country);

    private static string Untaken(ref SampleRandom random, string country, HashSet<string> taken, MakePlate make)
    {
        while (true)
        {
            var plate = make(ref random, country);
            if (taken.Add(plate))
            {
                return plate;
            }
        }
    }

    private static FreightPlace HomeOf(string country, ref SampleRandom random) => country switch
    {
        "LT" => new("LTKUN", "Kaunas", "52367", 54.8800, 23.8817, 1),
        "RO" => new("ROARW", "Arad", "310375", 46.1755, 21.2657, 1),
        _ => random.Pick<FreightPlace>([.. FreightPlaces.All.Where(place => place.Country == country)]),
    };

    private static Address MakeAddress(ref SampleRandom random, FreightPlace at) => new()
    {
        Street = SampleNames.Street(ref random),
        HouseNumber = SampleNumbers.Milli(random.Between(1, 180) * 1000),
        Postcode = at.Postcode,
        City = at.City,
        Country = at.Country,
    };
}
