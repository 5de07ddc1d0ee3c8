using EcmrGateway.Notes.Note;
using Wire = Ecmr.Note.V1;

namespace EcmrGateway.Ingress.Read;

/// <summary>Reads issue, procedures, places and addresses.</summary>
internal static class HeaderReader
{
    public static Issue Issue(Wire.Issue wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Date = reading.Date("date", wire.Date),
            Place = reading.Text("place", wire.Place, 256),
            Country = reading.Country("country", wire.Country),
            Time = reading.Moment("time", wire.Time),
        };
    }

    public static ElectronicProcedures Procedures(Wire.ElectronicProcedures wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Issuance = reading.One("issuance", wire.Issuance, Procedure),
            Integrity = reading.One("integrity", wire.Integrity, Procedure),
            HolderProof = reading.One("holder_proof", wire.HolderProof, Procedure),
            DeliveryConfirmation = reading.One("delivery_confirmation", wire.DeliveryConfirmation, Procedure),
            Amendment = reading.One("amendment", wire.Amendment, Procedure),
            Replacement = reading.One("replacement", wire.Replacement, Procedure),
        };
    }

    public static Procedure Procedure(Wire.Procedure wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Uri = reading.Text("uri", wire.Uri, 512),
            Sha256 = reading.Sha256("sha256", wire.Sha256),
        };
    }

    public static Place Place(Wire.Place wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Locode = reading.Locode("locode", wire.Locode),
            Name = reading.Text("name", wire.Name, 256),
            Address = reading.One("address", wire.Address, Address),
            Coordinates = reading.Coordinates("coordinates", wire.Coordinates),
        };
    }

    public static Address Address(Wire.Address wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            Street = reading.Text("street", wire.Street, 70),
            HouseNumber = reading.Text("house_number", wire.HouseNumber, 17),
            PostBox = reading.Text("post_box", wire.PostBox, 17),
            Postcode = reading.Text("postcode", wire.Postcode, 17),
            City = reading.Text("city", wire.City, 35),
            Subdivision = reading.Text("subdivision", wire.Subdivision, 35),
            Country = reading.Country("country", wire.Country),
        };
    }
}
