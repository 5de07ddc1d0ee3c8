namespace EcmrGateway.Notes.Note;

/// <summary>Registers of parties.</summary>
public enum PartyIdScheme
{
    /// <summary>Not stated; refused.</summary>
    Unspecified = 0,

    /// <summary>Economic operators registration and identification number; country and 1 to 15 of A-Z 0-9.</summary>
    Eori = 1,

    /// <summary>Value added tax number with its country prefix (EL for Greece, XI for Northern Ireland).</summary>
    Vat = 2,

    /// <summary>Dutch trade register, 8 digits.</summary>
    Kvk = 3,

    /// <summary>Legal entity identifier, ISO 17442.</summary>
    Lei = 4,

    /// <summary>Dutch waste carrier's registration.</summary>
    Vihb = 5,

    /// <summary>Identifier in the EU waste shipment system DIWASS.</summary>
    Diwass = 6,
}
