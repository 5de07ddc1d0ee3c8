namespace EcmrGateway.Notes.Note;

/// <summary>Statements on dangerous goods, code list CL-011 of Regulation (EU) 2024/2024.</summary>
public enum DangerousGoodsStatement
{
    /// <summary>Not stated.</summary>
    Unspecified = 0,

    /// <summary>Environmentally hazardous, CL-011 4.</summary>
    EnvironmentallyHazardous = 1,

    /// <summary>Waste in accordance with 2.1.3.5.5, CL-011 8.</summary>
    Waste = 2,

    /// <summary>Empty, uncleaned, CL-011 38.</summary>
    EmptyUncleaned = 3,

    /// <summary>Salvage packaging, CL-011 6 and 7.</summary>
    Salvage = 4,

    /// <summary>Hot, CL-011 12.</summary>
    Hot = 5,

    /// <summary>Molten, CL-011 14.</summary>
    Molten = 6,
}
