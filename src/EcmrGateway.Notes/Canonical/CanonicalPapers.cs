using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Canonical;

/// <summary>Documents and charges. Members stand in the order of their names.</summary>
internal static class CanonicalPapers
{
    public static void Document(AttachedDocument value, ref JcsWriter json)
    {
        json.Date("date"u8, value.Date);
        json.Text("issuer"u8, value.Issuer);
        json.Text("mediaType"u8, value.MediaType);
        json.Text("number"u8, value.Number);
        json.Blob("sha256"u8, value.Sha256.Span);
        json.LongNumber("sizeBytes"u8, value.SizeBytes);
        json.Text("typeCode"u8, value.TypeCode);
    }

    public static void Charge(Charge value, ref JcsWriter json)
    {
        json.Money("amount"u8, value.Amount);
        json.Text("arrangement"u8, value.Arrangement);
        json.Code("payer"u8, value.Payer, EnumNames.Payer);
        json.Text("typeCode"u8, value.TypeCode);
    }
}
