namespace EcmrGateway.Notes.Note;

/// <summary>Part of a carrier in the carriage.</summary>
public enum CarrierRole
{
    /// <summary>Not stated.</summary>
    Unspecified = 0,

    /// <summary>Contracts with the sender.</summary>
    Contracting = 1,

    /// <summary>Drives.</summary>
    Performing = 2,

    /// <summary>Takes the goods and the note over from another, art. 34.</summary>
    Successive = 3,

    /// <summary>Works for another carrier without becoming a party.</summary>
    Subcontractor = 4,
}
