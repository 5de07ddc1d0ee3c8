namespace EcmrGateway.Notes.Note;

/// <summary>A place. At least one of locode, coordinates or city is needed to find it on the map.</summary>
public sealed record Place
{
    /// <summary>UN/LOCODE, as "NLRTM". eFTI136, eFTI152.</summary>
    public Locode? Locode { get; init; }

    /// <summary>Name of the place as written; at most 256 characters. eFTI138, eFTI154.</summary>
    public string Name { get; init; } = "";

    /// <summary>Postal address. Its country is required for the places of taking over and delivery.</summary>
    public Address? Address { get; init; }

    /// <summary>Position on the map. eFTI139, eFTI140.</summary>
    public Coordinates? Coordinates { get; init; }

    /// <summary>The address' country, else the one of the UN/LOCODE.</summary>
    public CountryCode? Country => Address?.Country ?? Locode?.Country;
}
