using System.Globalization;
using System.Text;
using EcmrGateway.Risk.Settings;

namespace EcmrGateway.Risk.Movements;

/// <summary>The areas of a place, checked and made ready for many routes.</summary>
public sealed class AreaSet
{
    /// <summary>Areas at most: each movement is compared with each of them.</summary>
    public const int CountMax = 1_024;

    private readonly AreaCircle[] _circles;

    private AreaSet(Area[] areas)
    {
        Areas = areas;
        _circles = [.. areas.Select(AreaCircle.Of)];
    }

    public static AreaSet Empty { get; } = new([]);

    /// <summary>By id in ordinal order.</summary>
    public IReadOnlyList<Area> Areas { get; }

    internal ReadOnlySpan<AreaCircle> Circles => _circles;

    /// <exception cref="ArgumentException">See <see cref="Validate"/>.</exception>
    public static AreaSet Of(IReadOnlyList<Area> areas)
    {
        var wrong = Validate(areas);
        return wrong.Count == 0
            ? new([.. areas.OrderBy(area => area.Id, StringComparer.Ordinal)])
            : throw new ArgumentException(string.Join(' ', wrong), nameof(areas));
    }

    /// <summary>What is wrong with areas, all at once; empty: nothing.</summary>
    public static IReadOnlyList<string> Validate(IReadOnlyList<Area> areas)
    {
        var wrong = new List<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        if (areas.Count > CountMax)
        {
            wrong.Add($"There are {areas.Count} areas, more than {CountMax}.");
        }

        foreach (var area in areas)
        {
            if (!IsId(area.Id))
            {
                wrong.Add($"Area '{area.Id}': an id is 1 to 64 lower-case letters, digits and hyphens.");
            }
            else if (!ids.Add(area.Id))
            {
                wrong.Add($"Area '{area.Id}' is there twice.");
            }

            if (area is not { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 })
            {
                wrong.Add($"Area '{area.Id}': the centre is not on the globe.");
            }

            if (area is not { RadiusKm: > 0 and <= 1_000 })
            {
                wrong.Add($"Area '{area.Id}': a radius is above 0, up to 1,000 km.");
            }
        }

        return wrong;
    }

    /// <summary>First 8 bytes of a SHA-256 in hex over areas and settings: other passages need another hash.</summary>
    public string Hash(MovementSettings settings)
    {
        var text = new StringBuilder(SettingsText.Of(settings));
        foreach (var area in Areas)
        {
            text.Append(CultureInfo.InvariantCulture, $"{area.Id}={area.Latitude:R},{area.Longitude:R},");
            text.Append(CultureInfo.InvariantCulture, $"{area.RadiusKm:R}\n");
        }

        return SettingsText.Hash(text.ToString());
    }

    private static bool IsId(string id) =>
        id is { Length: >= 1 and <= 64 } && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>An area as a cap of the globe.</summary>
/// <param name="CosRadius">Cosine of its radius as an angle.</param>
internal readonly record struct AreaCircle(string Id, UnitVector Centre, double CosRadius)
{
    public static AreaCircle Of(Area area) => new(
        area.Id, UnitVector.Of(area.Latitude, area.Longitude), Math.Cos(area.RadiusKm / UnitVector.EarthRadiusKm));

    public bool Contains(UnitVector place) => Centre.Dot(place) >= CosRadius;
}
