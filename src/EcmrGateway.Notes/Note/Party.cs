using System.Collections.Immutable;

namespace EcmrGateway.Notes.Note;

/// <summary>A party to the note.</summary>
public sealed record Party
{
    /// <summary>Name; at most 140 characters. Required. eFTI51, eFTI68, eFTI87.</summary>
    public string Name { get; init; } = "";

    /// <summary>Identifiers of the party; at most 10. eFTI49, eFTI66, eFTI85.</summary>
    public ImmutableArray<PartyId> Ids { get; init; } = [];

    /// <summary>Address: street or post box, city and country are required.</summary>
    public Address? Address { get; init; }

    /// <summary>Contact. Personal data: kept with the note, never in facts, scores, logs or metrics.</summary>
    public Contact? Contact { get; init; }
}

/// <summary>An identifier of a party.</summary>
public sealed record PartyId
{
    /// <summary>Register that issued it.</summary>
    public PartyIdScheme Scheme { get; init; }

    /// <summary>The identifier; at most 35 characters.</summary>
    public string Value { get; init; } = "";
}

/// <summary>How to reach a party.</summary>
public sealed record Contact
{
    /// <summary>Name of a person or department; at most 70 characters.</summary>
    public string Person { get; init; } = "";

    /// <summary>Telephone number, E.164 preferred; at most 35 characters.</summary>
    public string Phone { get; init; } = "";

    /// <summary>E-mail address; at most 254 characters.</summary>
    public string Email { get; init; } = "";
}
