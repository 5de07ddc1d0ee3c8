using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Canonical;

/// <summary>Parties, carriers and their reservations. Members stand in the order of their names.</summary>
internal static class CanonicalParties
{
    public static void Party(Party value, ref JcsWriter json)
    {
        json.One("address"u8, value.Address, CanonicalHeader.Address);
        json.One("contact"u8, value.Contact, Contact);
        json.Many("ids"u8, value.Ids, PartyId);
        json.Text("name"u8, value.Name);
    }

    public static void PartyId(PartyId value, ref JcsWriter json)
    {
        json.Code("scheme"u8, value.Scheme, EnumNames.PartyIdScheme);
        json.Text("value"u8, value.Value);
    }

    public static void Contact(Contact value, ref JcsWriter json)
    {
        json.Text("email"u8, value.Email);
        json.Text("person"u8, value.Person);
        json.Text("phone"u8, value.Phone);
    }

    public static void Carrier(Carrier value, ref JcsWriter json)
    {
        json.One("communityLicence"u8, value.CommunityLicence, CommunityLicence);
        json.One("handover"u8, value.Handover, Handover);
        json.One("party"u8, value.Party, Party);
        json.Code("role"u8, value.Role, EnumNames.CarrierRole);
        json.Number("sequence"u8, value.Sequence);
        json.Text("vihb"u8, value.Vihb);
    }

    public static void CommunityLicence(CommunityLicence value, ref JcsWriter json)
    {
        json.Text("country"u8, value.Country?.Value);
        json.Text("number"u8, value.Number);
        json.Text("trueCopy"u8, value.TrueCopy);
    }

    public static void Handover(Handover value, ref JcsWriter json)
    {
        json.One("place"u8, value.Place, CanonicalHeader.Place);
        json.One("receiptSignature"u8, value.ReceiptSignature, CanonicalEvents.Signature);
        json.Many("reservations"u8, value.Reservations, Reservation);
        json.Moment("time"u8, value.Time);
    }

    public static void Reservation(Reservation value, ref JcsWriter json)
    {
        json.Flag("acceptedBySender"u8, value.AcceptedBySender);
        json.Text("grounds"u8, value.Grounds);
        json.One("signature"u8, value.Signature, CanonicalEvents.Signature);
        json.Text("text"u8, value.Text);
    }
}
