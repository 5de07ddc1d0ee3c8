namespace EcmrGateway.Notes.Note;

/// <summary>A motor vehicle.</summary>
public sealed record Vehicle
{
    /// <summary>
    /// Registration as on the plate; at most 17 characters after removal of spaces and hyphens. eFTI618.
    /// </summary>
    public VehicleRegistration? Registration { get; init; }

    /// <summary>Country of registration, ISO 3166-1 alpha-2. eFTI620.</summary>
    public CountryCode? Country { get; init; }

    /// <summary>Kind of vehicle, UN/ECE Recommendation 28. eFTI617.</summary>
    public string TypeCode { get; init; } = "";

    /// <summary>Technically permissible maximum mass of the combination, kilograms. 0: not stated.</summary>
    public int MaxMassKg { get; init; }

    /// <summary>Number of axles of the combination. 0: not stated.</summary>
    public int Axles { get; init; }
}

/// <summary>A trailer or semi-trailer.</summary>
public sealed record Trailer
{
    /// <summary>
    /// Registration as on the plate; at most 17 characters after removal of spaces and hyphens. eFTI374.
    /// </summary>
    public VehicleRegistration? Registration { get; init; }

    /// <summary>Country of registration, ISO 3166-1 alpha-2. eFTI578.</summary>
    public CountryCode? Country { get; init; }

    /// <summary>Code list CL-033: TE trailer, SM semi-trailer. eFTI378.</summary>
    public string CategoryCode { get; init; } = "";

    /// <summary>Place in the combination, from 1. eFTI987.</summary>
    public int Sequence { get; init; }
}
