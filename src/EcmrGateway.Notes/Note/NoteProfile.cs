namespace EcmrGateway.Notes.Note;

/// <summary>A body of rules that a note can be checked against.</summary>
public enum NoteProfile
{
    /// <summary>Not stated; read as NOTE_PROFILE_CMR.</summary>
    Unspecified = 0,

    /// <summary>International carriage by road under the CMR Convention.</summary>
    Cmr = 1,

    /// <summary>Transport document of Regulation No 11 (1960) art. 6.</summary>
    EuReg11 = 2,

    /// <summary>Evidence of a cabotage operation, Regulation (EC) No 1072/2009 art. 8(3).</summary>
    Cabotage = 3,

    /// <summary>Dutch national consignment note.</summary>
    NlDomestic = 4,

    /// <summary>Dangerous goods by road, ADR chapter 5.4.</summary>
    Adr = 5,

    /// <summary>Green-listed waste under Annex VII of Regulation (EU) 2024/1157.</summary>
    WasteAnnex7 = 6,

    /// <summary>Waste under notification, Regulation (EU) 2024/1157.</summary>
    WasteNotified = 7,

    /// <summary>Dutch national waste transport.</summary>
    WasteNl = 8,

    /// <summary>Live animals, Regulation (EC) No 1/2005.</summary>
    Animals = 9,
}
