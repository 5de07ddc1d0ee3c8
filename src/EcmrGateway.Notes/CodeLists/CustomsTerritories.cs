using System.Collections.Frozen;
using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.CodeLists;

/// <summary>Countries and the EU member states.</summary>
public static class EuMembers
{
    private static readonly FrozenSet<string> All =
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
            .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(CountryCode country) => All.Contains(country.Value);
}

/// <summary>Customs territories, as far as the country code tells.</summary>
public static class CustomsTerritories
{
    // Regulation (EU) No 952/2013 art. 4: with Aaland, the French overseas departments and Monaco.
    private static readonly FrozenSet<string> UnionBesideMembers =
        "AX GF GP MC MQ RE YT".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A name for the territory; equal names, one territory.</summary>
    public static string Of(CountryCode country) => country.Value switch
    {
        _ when EuMembers.Contains(country) || UnionBesideMembers.Contains(country.Value) => "EU",
        "LI" => "CH",
        "IM" or "JE" or "GG" => "GB",
        var own => own,
    };
}
