namespace EcmrGateway.Notes.Note;

/// <summary>Regimes of waste shipments.</summary>
public enum WasteKind
{
    /// <summary>Not stated.</summary>
    Unspecified = 0,

    /// <summary>Green-listed waste with an Annex VII document.</summary>
    GreenAnnex7 = 1,

    /// <summary>Shipment under notification and consent.</summary>
    Notified = 2,

    /// <summary>Within the Netherlands.</summary>
    NlDomestic = 3,
}
