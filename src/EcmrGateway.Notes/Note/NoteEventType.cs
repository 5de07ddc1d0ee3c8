namespace EcmrGateway.Notes.Note;

/// <summary>Kinds of events.</summary>
public enum NoteEventType
{
    /// <summary>Not stated.</summary>
    Unspecified = 0,

    /// <summary>The note was created.</summary>
    Created = 1,

    /// <summary>A field was amended, e-CMR art. 4(3).</summary>
    Amended = 2,

    /// <summary>The sender signed.</summary>
    ConsignorSigned = 3,

    /// <summary>The carrier signed.</summary>
    CarrierSigned = 4,

    /// <summary>The carrier took over the goods.</summary>
    TakenOver = 5,

    /// <summary>The carrier entered a reservation, art. 8(2).</summary>
    ReservationAdded = 6,

    /// <summary>The sender accepted a reservation.</summary>
    ReservationAccepted = 7,

    /// <summary>One carrier handed over to the next, art. 35.</summary>
    HandedOver = 8,

    /// <summary>The goods were trans-shipped.</summary>
    Transshipped = 9,

    /// <summary>Who holds the right of disposal gave an instruction, art. 12.</summary>
    DisposalInstruction = 10,

    /// <summary>The right of disposal passed to another.</summary>
    RightsTransferred = 11,

    /// <summary>A border was crossed.</summary>
    BorderCrossed = 12,

    /// <summary>The goods were delivered.</summary>
    Delivered = 13,

    /// <summary>The consignee signed.</summary>
    ConsigneeSigned = 14,

    /// <summary>The consignee refused the goods.</summary>
    DeliveryRefused = 15,

    /// <summary>Another note took its place.</summary>
    Replaced = 16,

    /// <summary>The note was cancelled.</summary>
    Cancelled = 17,

    /// <summary>The identifiers were published to an eFTI gate.</summary>
    IdentifiersPublished = 18,

    /// <summary>An authority read the note.</summary>
    AuthorityAccess = 19,

    /// <summary>An authority sent a follow-up.</summary>
    FollowUpReceived = 20,
}
