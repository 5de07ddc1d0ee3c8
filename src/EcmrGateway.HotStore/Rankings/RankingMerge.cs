using EcmrGateway.Risk.Facts;

namespace EcmrGateway.HotStore.Rankings;

/// <summary>Makes one list of the best of several hours.</summary>
internal static class RankingMerge
{
    /// <summary>Highest points first, then by vehicle; a vehicle counts once, with its most points.</summary>
    /// <remarks>
    /// It is enough to read the first <paramref name="limit"/> of each hour in this same order: whoever is ahead of a
    /// vehicle in the hour of its most points is ahead of it in the merged list too, so a vehicle of the merged
    /// first <paramref name="limit"/> is among the first <paramref name="limit"/> of that hour.
    /// </remarks>
    public static IReadOnlyList<RankedEntry> Of(IEnumerable<IEnumerable<RankedEntry>> hours, int limit)
    {
        Dictionary<SubjectId, int> most = [];
        foreach (var entry in hours.SelectMany(hour => hour))
        {
            most[entry.Vehicle] = most.TryGetValue(entry.Vehicle, out var points)
                ? Math.Max(points, entry.Points)
                : entry.Points;
        }

        return
        [
            .. most.Select(pair => new RankedEntry(pair.Key, pair.Value))
                .OrderByDescending(entry => entry.Points).ThenBy(entry => entry.Vehicle)
                .Take(limit),
        ];
    }
}
