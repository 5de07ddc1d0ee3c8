using EcmrGateway.Notes.Note;
using Wire = Ecmr.Note.V1;

namespace EcmrGateway.Ingress.Read;

/// <summary>Reads parties, carriers and their reservations.</summary>
internal static class PartyReader
{
    public static Party Party(Wire.Party wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Name = reading.Text("name", wire.Name, 140),
            Ids = reading.Many("ids", wire.Ids, 10, PartyId),
            Address = reading.One("address", wire.Address, HeaderReader.Address),
            Contact = reading.One("contact", wire.Contact, Contact),
        };
    }

    public static PartyId PartyId(Wire.PartyId wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Scheme = reading.Code("scheme", (int)wire.Scheme, PartyIdScheme.Diwass),
            Value = reading.Text("value", wire.Value, 35),
        };
    }

    public static Contact Contact(Wire.Contact wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Person = reading.Text("person", wire.Person, 70),
            Phone = reading.Text("phone", wire.Phone, 35),
            Email = reading.Text("email", wire.Email, 254),
        };
    }

    public static Carrier Carrier(Wire.Carrier wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Party = reading.One("party", wire.Party, Party),
            Role = reading.Code("role", (int)wire.Role, CarrierRole.Subcontractor),
            Sequence = reading.Count("sequence", wire.Sequence),
            CommunityLicence = reading.One("community_licence", wire.CommunityLicence, CommunityLicence),
            Vihb = reading.Text("vihb", wire.Vihb, 70),
            Handover = reading.One("handover", wire.Handover, Handover),
        };
    }

    public static CommunityLicence CommunityLicence(Wire.CommunityLicence wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Country = reading.Country("country", wire.Country),
            Number = reading.Text("number", wire.Number, 35),
            TrueCopy = reading.Text("true_copy", wire.TrueCopy, 35),
        };
    }

    public static Handover Handover(Wire.Handover wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Place = reading.One("place", wire.Place, HeaderReader.Place),
            Time = reading.Moment("time", wire.Time),
            ReceiptSignature = reading.One("receipt_signature", wire.ReceiptSignature, EventReader.Signature),
            Reservations = reading.Many("reservations", wire.Reservations, 50, Reservation),
        };
    }

    public static Reservation Reservation(Wire.Reservation wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Text = reading.Text("text", wire.Text, 512),
            Grounds = reading.Text("grounds", wire.Grounds, 512),
            AcceptedBySender = wire.AcceptedBySender,
            Signature = reading.One("signature", wire.Signature, EventReader.Signature),
        };
    }
}
