using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Canonical;

/// <summary>Issue, procedures, places and addresses. Members stand in the order of their names.</summary>
internal static class CanonicalHeader
{
    public static void Issue(Issue value, ref JcsWriter json)
    {
        json.Text("country"u8, value.Country?.Value);
        json.Date("date"u8, value.Date);
        json.Text("place"u8, value.Place);
        json.Moment("time"u8, value.Time);
    }

    public static void Procedures(ElectronicProcedures value, ref JcsWriter json)
    {
        json.One("amendment"u8, value.Amendment, Procedure);
        json.One("deliveryConfirmation"u8, value.DeliveryConfirmation, Procedure);
        json.One("holderProof"u8, value.HolderProof, Procedure);
        json.One("integrity"u8, value.Integrity, Procedure);
        json.One("issuance"u8, value.Issuance, Procedure);
        json.One("replacement"u8, value.Replacement, Procedure);
    }

    public static void Procedure(Procedure value, ref JcsWriter json)
    {
        json.Blob("sha256"u8, value.Sha256.Span);
        json.Text("uri"u8, value.Uri);
    }

    public static void Place(Place value, ref JcsWriter json)
    {
        json.One("address"u8, value.Address, Address);
        json.Coordinates("coordinates"u8, value.Coordinates);
        json.Text("locode"u8, value.Locode?.Value);
        json.Text("name"u8, value.Name);
    }

    public static void Address(Address value, ref JcsWriter json)
    {
        json.Text("city"u8, value.City);
        json.Text("country"u8, value.Country?.Value);
        json.Text("houseNumber"u8, value.HouseNumber);
        json.Text("postBox"u8, value.PostBox);
        json.Text("postcode"u8, value.Postcode);
        json.Text("street"u8, value.Street);
        json.Text("subdivision"u8, value.Subdivision);
    }
}
