namespace EcmrGateway.Notes.Note;

/// <summary>Something that happened to a note. Events are only ever added.</summary>
public sealed record NoteEvent
{
    /// <summary>Identifier, a UUID in lower case.</summary>
    public NoteEventId? EventId { get; init; }

    /// <summary>Place in the order of events, from 1.</summary>
    public int Sequence { get; init; }

    /// <summary>What happened.</summary>
    public NoteEventType Type { get; init; }

    /// <summary>When it happened.</summary>
    public Moment? Time { get; init; }

    /// <summary>When it was written down.</summary>
    public Moment? RecordedTime { get; init; }

    /// <summary>
    /// Role of who acted: consignor, carrier, consignee, authority or platform; at most 35 characters.
    /// </summary>
    public string ActorRole { get; init; } = "";

    /// <summary>Where it happened.</summary>
    public Place? Place { get; init; }

    /// <summary>Field that was amended, as a path in this schema; amendments only.</summary>
    public string FieldPath { get; init; } = "";

    /// <summary>Value before the amendment; at most 2000 characters.</summary>
    public string OldValue { get; init; } = "";

    /// <summary>Value after the amendment; at most 2000 characters.</summary>
    public string NewValue { get; init; } = "";

    /// <summary>Why, or the text of the event; at most 2000 characters.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Reference that belongs to the event: the replacing note, or the request of an authority.</summary>
    public string Reference { get; init; } = "";

    /// <summary>SHA-256 of the event's payload; 32 bytes or absent.</summary>
    public ReadOnlyMemory<byte> PayloadSha256 { get; init; }

    /// <summary>SHA-256 of the event before; 32 bytes or absent.</summary>
    public ReadOnlyMemory<byte> PreviousSha256 { get; init; }

    /// <summary>Signature on the event.</summary>
    public Signature? Signature { get; init; }
}
