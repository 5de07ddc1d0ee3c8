using EcmrGateway.Notes.Note;

namespace EcmrGateway.Notes.CodeLists;

/// <summary>Countries whose plates have a known form: those that a camera on a European road may read.</summary>
public static class PlateCountries
{
    public static IReadOnlyList<CountryCode> All { get; } =
        [.. PlatePatterns.Countries.Order(StringComparer.Ordinal).Select(CountryCode.Parse)];
}
