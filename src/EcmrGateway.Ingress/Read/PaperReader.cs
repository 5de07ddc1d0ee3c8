using EcmrGateway.Notes.Note;
using Wire = Ecmr.Note.V1;

namespace EcmrGateway.Ingress.Read;

/// <summary>Reads documents and charges.</summary>
internal static class PaperReader
{
    public static AttachedDocument Document(Wire.AttachedDocument wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            TypeCode = reading.Text("type_code", wire.TypeCode, 70),
            Number = reading.Text("number", wire.Number, 70),
            Sha256 = reading.Sha256("sha256", wire.Sha256),
            MediaType = reading.Text("media_type", wire.MediaType, 128),
            SizeBytes = reading.Count("size_bytes", wire.SizeBytes),
            Issuer = reading.Text("issuer", wire.Issuer, 140),
            Date = reading.Date("date", wire.Date),
        };
    }

    public static Charge Charge(Wire.Charge wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            TypeCode = reading.Text("type_code", wire.TypeCode, 70),
            Amount = reading.Money("amount", wire.Amount),
            Payer = reading.Code("payer", (int)wire.Payer, Payer.Consignee),
            Arrangement = reading.Text("arrangement", wire.Arrangement, 35),
        };
    }
}
