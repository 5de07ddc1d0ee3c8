namespace EcmrGateway.Notes.Note;

/// <summary>Who pays a charge.</summary>
public enum Payer
{
    /// <summary>Not stated; refused where there is an amount.</summary>
    Unspecified = 0,

    /// <summary>The sender, CZ.</summary>
    Consignor = 1,

    /// <summary>The consignee, CN.</summary>
    Consignee = 2,
}
