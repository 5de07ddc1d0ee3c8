using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.Canonical;

/// <summary>Events and signatures. Members stand in the order of their names.</summary>
internal static class CanonicalEvents
{
    public static void NoteEvent(NoteEvent value, ref JcsWriter json)
    {
        json.Text("actorRole"u8, value.ActorRole);
        json.Id("eventId"u8, value.EventId?.Value);
        json.Text("fieldPath"u8, value.FieldPath);
        json.Text("newValue"u8, value.NewValue);
        json.Text("oldValue"u8, value.OldValue);
        json.Blob("payloadSha256"u8, value.PayloadSha256.Span);
        json.One("place"u8, value.Place, CanonicalHeader.Place);
        json.Blob("previousSha256"u8, value.PreviousSha256.Span);
        json.Text("reason"u8, value.Reason);
        json.Moment("recordedTime"u8, value.RecordedTime);
        json.Text("reference"u8, value.Reference);
        json.Number("sequence"u8, value.Sequence);
        json.One("signature"u8, value.Signature, Signature);
        json.Moment("time"u8, value.Time);
        json.Code("type"u8, value.Type, EnumNames.NoteEventType);
    }

    public static void Signature(Signature value, ref JcsWriter json)
    {
        json.Text("algorithm"u8, value.Algorithm);
        json.Blobs("certificateChain"u8, value.CertificateChain);
        json.Text("format"u8, value.Format);
        json.Text("keyId"u8, value.KeyId);
        json.Code("level"u8, value.Level, EnumNames.SignatureLevel);
        json.Moment("signedTime"u8, value.SignedTime);
        json.Text("signerRole"u8, value.SignerRole);
        json.Blob("timestampToken"u8, value.TimestampToken.Span);
        json.Moment("validatedTime"u8, value.ValidatedTime);
        json.Text("validationPolicy"u8, value.ValidationPolicy);
        json.Text("validationStatus"u8, value.ValidationStatus);
        json.Blob("value"u8, value.Value.Span);
    }
}
