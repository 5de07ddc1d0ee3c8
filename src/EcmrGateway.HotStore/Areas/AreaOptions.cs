using EcmrGateway.Risk.Movements;

namespace EcmrGateway.HotStore.Areas;

/// <summary>Areas in which vehicles are ranked, section <see cref="Section"/>: a list. None: the defaults.</summary>
/// <remarks>
/// Scoring writes a vehicle's passages for these areas only, so a changed list takes effect with a new start of the
/// embedded store, or with a reset of Redis.
/// </remarks>
public sealed record AreaOptions
{
    public const string Section = "Areas";

    /// <summary>Each area costs scoring a distance per movement.</summary>
    public const int CountMax = 500;

    public const double RadiusKmMin = 1;

    public const double RadiusKmMax = 200;

    public IList<AreaSetting> Areas { get; init; } = [];
}

/// <summary>One area as configuration states it.</summary>
public sealed record AreaSetting
{
    /// <summary>Lower-case letters, digits and hyphens, at most 40; unique.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>Null: the id.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Centre, degrees of WGS 84, north.</summary>
    public double? Latitude { get; init; }

    /// <summary>Centre, degrees of WGS 84, east.</summary>
    public double? Longitude { get; init; }

    public double? RadiusKm { get; init; }

    internal Area ToArea() => new(
        Id, DisplayName ?? Id, Latitude.GetValueOrDefault(), Longitude.GetValueOrDefault(),
        RadiusKm.GetValueOrDefault());
}
