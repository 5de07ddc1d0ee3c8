using EcmrGateway.Risk.Movements;
using Microsoft.Extensions.Options;

namespace EcmrGateway.HotStore.Areas;

/// <summary>The areas of this place, read once at start.</summary>
public sealed class AreaList(IOptions<AreaOptions> options)
{
    private readonly Dictionary<string, Area> _byId =
        (options.Value.Areas.Count == 0 ? DutchFreightAreas.All : options.Value.Areas.Select(one => one.ToArea()))
        .ToDictionary(area => area.Id, StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public IReadOnlyList<Area> All => field ??= [.. _byId.Values.OrderBy(area => area.Id, StringComparer.Ordinal)];

    /// <returns>Null: there is no such area.</returns>
    public Area? Find(string id) => _byId.GetValueOrDefault(id);
}
