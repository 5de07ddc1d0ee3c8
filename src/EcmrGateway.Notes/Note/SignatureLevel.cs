namespace EcmrGateway.Notes.Note;

/// <summary>Legal levels of signatures and seals, Regulation (EU) No 910/2014.</summary>
public enum SignatureLevel
{
    /// <summary>Not stated.</summary>
    Unspecified = 0,

    /// <summary>Advanced electronic signature, art. 26.</summary>
    AdES = 1,

    /// <summary>Advanced, with a qualified certificate.</summary>
    AdESQc = 2,

    /// <summary>Qualified electronic signature, art. 25(2).</summary>
    Qes = 3,

    /// <summary>Advanced electronic seal, art. 36.</summary>
    AdSeal = 4,

    /// <summary>Qualified electronic seal, art. 35(2).</summary>
    QSeal = 5,
}
