namespace EcmrGateway.Notes.Note;

/// <summary>Equipment that carries the goods.</summary>
public sealed record TransportEquipment
{
    /// <summary>Identifier: for a container ISO 6346 with its check digit, as "CSQU3054383". eFTI448.</summary>
    public string Id { get; init; } = "";

    /// <summary>Code list CL-033: CN container, SW swap body. eFTI450.</summary>
    public string CategoryCode { get; init; } = "";

    /// <summary>Registration of the vehicle or trailer that carries it.</summary>
    public string CarriedOn { get; init; } = "";

    /// <summary>Place on it, from 1. eFTI1000.</summary>
    public int Sequence { get; init; }

    /// <summary>Size and type, ISO 6346.</summary>
    public string SizeType { get; init; } = "";
}

/// <summary>A seal.</summary>
public sealed record Seal
{
    /// <summary>Number on it; at most 70 characters. eFTI442.</summary>
    public string Number { get; init; } = "";

    /// <summary>Its condition; at most 35 characters. eFTI444.</summary>
    public string Condition { get; init; } = "";

    /// <summary>Who fixed it; at most 70 characters. eFTI446.</summary>
    public string Party { get; init; } = "";
}
