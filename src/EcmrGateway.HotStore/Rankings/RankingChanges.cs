using EcmrGateway.Risk;

namespace EcmrGateway.HotStore.Rankings;

/// <summary>A ranking: vehicles expected in an area in an hour, counted from 1970-01-01T00:00:00Z.</summary>
internal readonly record struct RankingId(string Area, int Hour);

/// <summary>Works out the places in the rankings from assessments before and after.</summary>
internal static class RankingChanges
{
    /// <param name="before">Null: the vehicle has no places.</param>
    /// <param name="firstHour">Earlier rankings have expired and are left alone.</param>
    /// <returns>What changes in each ranking: the vehicle's points there, or null where it is taken out.</returns>
    public static Dictionary<RankingId, int?> Of(
        VehicleAssessment? before, VehicleAssessment after, int firstHour)
    {
        var had = Places(before, firstHour);
        var has = Places(after, firstHour);
        var changes = new Dictionary<RankingId, int?>();
        foreach (var (ranking, points) in has)
        {
            if (!had.TryGetValue(ranking, out var pointsBefore) || pointsBefore != points)
            {
                changes[ranking] = points;
            }
        }

        foreach (var ranking in had.Keys)
        {
            if (!has.ContainsKey(ranking))
            {
                changes[ranking] = null;
            }
        }

        return changes;
    }

    /// <summary>A vehicle's place is that of its movement with the most points there.</summary>
    private static Dictionary<RankingId, int> Places(VehicleAssessment? assessment, int firstHour)
    {
        var places = new Dictionary<RankingId, int>();
        foreach (var movement in assessment?.Movements ?? [])
        {
            foreach (var passage in movement.Passages)
            {
                for (var hour = Math.Max(passage.FirstHour, firstHour); hour <= passage.LastHour; hour++)
                {
                    var ranking = new RankingId(passage.Area, hour);
                    places[ranking] = Math.Max(movement.Points, places.GetValueOrDefault(ranking));
                }
            }
        }

        return places;
    }
}
