namespace EcmrGateway.Notes.Note;

/// <summary>Who may dispose of the goods, art. 12.</summary>
public enum RightsHolder
{
    /// <summary>Not stated; read as the sender.</summary>
    Unspecified = 0,

    /// <summary>The sender, until the second copy is handed over or art. 13 applies.</summary>
    Consignor = 1,

    /// <summary>The consignee from the time the note was drawn up, art. 12(3).</summary>
    Consignee = 2,
}
