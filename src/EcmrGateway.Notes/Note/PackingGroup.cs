namespace EcmrGateway.Notes.Note;

/// <summary>Packing groups of ADR.</summary>
public enum PackingGroup
{
    /// <summary>None stated.</summary>
    Unspecified = 0,

    /// <summary>I, high danger.</summary>
    I = 1,

    /// <summary>II, medium danger.</summary>
    II = 2,

    /// <summary>III, low danger.</summary>
    III = 3,
}
