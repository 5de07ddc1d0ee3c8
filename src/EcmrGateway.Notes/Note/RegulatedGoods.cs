namespace EcmrGateway.Notes.Note;

/// <summary>Bodies of law that ask for more papers with the goods.</summary>
public enum RegulatedGoods
{
    /// <summary>Not stated.</summary>
    Unspecified = 0,

    /// <summary>Fluorinated greenhouse gases, Regulation (EU) 2024/573.</summary>
    Fgas = 1,

    /// <summary>Live animals.</summary>
    Animal = 2,

    /// <summary>Food or feed.</summary>
    Food = 3,

    /// <summary>Excise goods.</summary>
    Excise = 4,

    /// <summary>Waste.</summary>
    Waste = 5,

    /// <summary>Dual-use goods.</summary>
    DualUse = 6,
}
