using EcmrGateway.Notes.Note;
using Wire = Ecmr.Note.V1;

namespace EcmrGateway.Ingress.Read;

/// <summary>Reads events and signatures.</summary>
internal static class EventReader
{
    public static NoteEvent NoteEvent(Wire.NoteEvent wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            EventId = reading.EventId("event_id", wire.EventId),
            Sequence = reading.Count("sequence", wire.Sequence),
            Type = reading.Code("type", (int)wire.Type, NoteEventType.FollowUpReceived),
            Time = reading.Moment("time", wire.Time),
            RecordedTime = reading.Moment("recorded_time", wire.RecordedTime),
            ActorRole = reading.Text("actor_role", wire.ActorRole, 35),
            Place = reading.One("place", wire.Place, HeaderReader.Place),
            FieldPath = reading.Text("field_path", wire.FieldPath, 256),
            OldValue = reading.Text("old_value", wire.OldValue, 2000),
            NewValue = reading.Text("new_value", wire.NewValue, 2000),
            Reason = reading.Text("reason", wire.Reason, 2000),
            Reference = reading.Text("reference", wire.Reference, 70),
            PayloadSha256 = reading.Sha256("payload_sha256", wire.PayloadSha256),
            PreviousSha256 = reading.Sha256("previous_sha256", wire.PreviousSha256),
            Signature = reading.One("signature", wire.Signature, Signature),
        };
    }

    public static Signature Signature(Wire.Signature wire, Reading reading)
    {
        reading.RefuseUnknown(UnknownFields.Of(wire));
        return new()
        {
            SignerRole = reading.Text("signer_role", wire.SignerRole, 35),
            Level = reading.Code("level", (int)wire.Level, SignatureLevel.QSeal),
            Format = reading.Text("format", wire.Format, 35),
            Algorithm = reading.Text("algorithm", wire.Algorithm, 35),
            KeyId = reading.Text("key_id", wire.KeyId, 128),
            CertificateChain = reading.Blobs("certificate_chain", wire.CertificateChain, 5, 8 * 1024),
            SignedTime = reading.Moment("signed_time", wire.SignedTime),
            TimestampToken = reading.Blob("timestamp_token", wire.TimestampToken, 16 * 1024),
            Value = reading.Blob("value", wire.Value, 16 * 1024),
            ValidationStatus = reading.Text("validation_status", wire.ValidationStatus, 70),
            ValidatedTime = reading.Moment("validated_time", wire.ValidatedTime),
            ValidationPolicy = reading.Text("validation_policy", wire.ValidationPolicy, 256),
        };
    }
}
