using System.Globalization;
using System.Text.RegularExpressions;
using Ecmr.Note.V1;

namespace EcmrGateway.Client.Dialects.Uncefact;

/// <summary>Parties, addresses and places of the message.</summary>
internal static partial class PartyReader
{
    /// <returns>Null: there is no such element.</returns>
    public static Party? Party(XmlTree? element, ReadingLog log)
    {
        if (element is null)
        {
            return null;
        }

        var party = new Party { Name = element.Take("Name"), Address = Address(element.Child("PostalTradeAddress")) };
        foreach (var id in element.All("ID").Concat(element.All("GlobalID")).Where(id => id.Text.Length > 0))
        {
            if (SchemeOf(id.TakeAttribute("schemeID"), id.Text) is { } scheme)
            {
                id.MarkTaken();
                party.Ids.Add(new PartyId { Scheme = scheme, Value = id.Text });
            }
            else
            {
                id.MarkTaken();
                log.Add(RemarkKind.NotMapped, id.Path,
                    "The register of this identifier is not one that the note knows.");
            }
        }

        if (element.Child("DefinedTradeContact") is { } contact)
        {
            var person = contact.Take("PersonName");
            party.Contact = new Contact
            {
                Person = person.Length > 0 ? person : contact.Take("DepartmentName"),
                Phone = contact.Take("TelephoneUniversalCommunication", "CompleteNumber"),
                Email = contact.Take("EmailURIUniversalCommunication", "URIID"),
            };
        }

        return party;
    }

    public static Place? Place(XmlTree? element, ReadingLog log)
    {
        if (element is null)
        {
            return null;
        }

        var place = new Place { Name = element.Take("Name"), Address = Address(element.Child("PostalTradeAddress")) };
        if (element.Child("ID") is { Text.Length: > 0 } id)
        {
            id.MarkTaken();
            if (Locode().IsMatch(id.Text))
            {
                place.Locode = id.Text;
                id.TakeAttribute("schemeID");
            }
            else
            {
                log.Add(RemarkKind.NotMapped, id.Path, "The identifier of the place is not a UN/LOCODE.");
            }
        }

        var country = element.Take("CountryID");
        if (country.Length > 0)
        {
            place.Address ??= new Address();
            place.Address.Country = country;
        }

        // A place with a name alone: the name is the city's, as a map needs one.
        if (place.Name.Length is > 0 and <= 35 && place.Address is { City.Length: 0 })
        {
            place.Address.City = place.Name;
            log.Add(RemarkKind.Doubt, element.Path + "/Name",
                "The place has a name and no city; the name is read as the city.");
        }

        place.Coordinates = Coordinates(element.Child("PhysicalGeographicalCoordinate"), log);
        return place;
    }

    private static Address? Address(XmlTree? element) => element is null ? null : new Address
    {
        Street = element.Take("StreetName"),
        HouseNumber = element.Take("BuildingNumber"),
        PostBox = element.Take("PostOfficeBox"),
        Postcode = element.Take("PostcodeCode"),
        City = element.Take("CityName"),
        Subdivision = element.Take("CountrySubDivisionName"),
        Country = element.Take("CountryID"),
    };

    private static Coordinates? Coordinates(XmlTree? element, ReadingLog log)
    {
        if (element is null)
        {
            return null;
        }

        var (latitude, longitude) = (element.Take("LatitudeMeasure"), element.Take("LongitudeMeasure"));
        if (double.TryParse(latitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
            && double.TryParse(longitude, NumberStyles.Float, CultureInfo.InvariantCulture, out var x)
            && Math.Abs(y) <= 90 && Math.Abs(x) <= 180)
        {
            return new Coordinates { Latitude = y, Longitude = x };
        }

        log.Add(RemarkKind.NotMapped, element.Path, "The position is not in decimal degrees.");
        return null;
    }

    private static PartyIdScheme? SchemeOf(string schemeId, string value) => schemeId.ToUpperInvariant() switch
    {
        "EORI" => PartyIdScheme.Eori,
        "VA" or "VAT" => PartyIdScheme.Vat,
        "LEI" or "0199" => PartyIdScheme.Lei,
        "KVK" or "0106" => PartyIdScheme.Kvk,
        "" when Eori().IsMatch(value) => PartyIdScheme.Eori,
        _ => null,
    };

    [GeneratedRegex(@"\A[A-Z]{2}[A-Z2-9]{3}\z")]
    private static partial Regex Locode();

    [GeneratedRegex(@"\A[A-Z]{2}[0-9A-Z]{8,15}\z")]
    private static partial Regex Eori();
}
