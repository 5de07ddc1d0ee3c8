namespace EcmrGateway.Notes.Note;

/// <summary>State of a note; the order follows the annex of Regulation (EU) 2025/2243.</summary>
public enum NoteStatus
{
    /// <summary>Not stated; read as issued.</summary>
    Unspecified = 0,

    /// <summary>Being written; not accepted by the gateway.</summary>
    Draft = 1,

    /// <summary>Signed by the sender.</summary>
    Issued = 2,

    /// <summary>Signed by the carrier: goods under way.</summary>
    Active = 3,

    /// <summary>Goods handed to the consignee.</summary>
    Delivered = 4,

    /// <summary>Consignee has signed; kept on line for 7 + 4 days (road).</summary>
    Inactive = 5,

    /// <summary>May be moved to the archive.</summary>
    ReadyToArchive = 6,

    /// <summary>In the archive.</summary>
    Archived = 7,

    /// <summary>Cancelled before taking over.</summary>
    Cancelled = 8,

    /// <summary>Replaced by another note.</summary>
    Replaced = 9,
}
