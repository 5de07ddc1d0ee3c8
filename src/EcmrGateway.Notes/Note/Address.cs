namespace EcmrGateway.Notes.Note;

/// <summary>Postal address.</summary>
public sealed record Address
{
    /// <summary>Street name; at most 70 characters.</summary>
    public string Street { get; init; } = "";

    /// <summary>House number; at most 17 characters.</summary>
    public string HouseNumber { get; init; } = "";

    /// <summary>Post office box, where there is no street; at most 17 characters.</summary>
    public string PostBox { get; init; } = "";

    /// <summary>Postcode; at most 17 characters.</summary>
    public string Postcode { get; init; } = "";

    /// <summary>City; at most 35 characters.</summary>
    public string City { get; init; } = "";

    /// <summary>Province, region or state; at most 35 characters.</summary>
    public string Subdivision { get; init; } = "";

    /// <summary>ISO 3166-1 alpha-2 in upper case: GR for Greece, not EL.</summary>
    public CountryCode? Country { get; init; }
}
