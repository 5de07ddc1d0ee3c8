using EcmrGateway.Risk;

namespace EcmrGateway.HotStore.Rankings;

/// <summary>A ranking: vehicles expected in an area in an hour, counted from 1970-01-01T00:00:00Z.</summary>
internal readonly record struct RankingId(string Area, int Hour);

/// <summary>Works out the places in the rankings before and after an assessment.</summary>
internal static class RankingChanges
{
    /// <summary>What the rankings hold of an assessed vehicle.</summary>
    /// <param name="firstHour">Earlier rankings have expired.</param>
    public static List<RankedPassage> PassagesOf(VehicleAssessment assessment, int firstHour)
    {
        List<RankedPassage> ranked = [];
        foreach (var movement in assessment.Movements)
        {
            foreach (var passage in movement.Passages)
            {
                if (passage.LastHour >= firstHour)
                {
                    ranked.Add(new(passage.Area, passage.FirstHour, passage.LastHour, movement.Points));
                }
            }
        }

        return ranked;
    }

    /// <param name="firstHour">Earlier rankings have expired and are left alone.</param>
    /// <returns>What changes in each ranking: the vehicle's points there, or null where it is taken out.</returns>
    public static Dictionary<RankingId, int?> Of(
        IReadOnlyList<RankedPassage> before, IReadOnlyList<RankedPassage> after, int firstHour)
    {
        var areas = Differing(before, after);
        var had = Places(before, areas, firstHour);
        var has = Places(after, areas, firstHour);
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

    /// <summary>Areas in which anything is not as it was.</summary>
    /// <remarks>Of many movements one is new, and it passes few areas.</remarks>
    private static HashSet<string> Differing(
        IReadOnlyList<RankedPassage> before, IReadOnlyList<RankedPassage> after)
    {
        HashSet<RankedPassage> differing = [.. before];
        differing.SymmetricExceptWith(after);
        return [.. differing.Select(passage => passage.Area)];
    }

    /// <summary>A vehicle's place is that of its movement with the most points there.</summary>
    private static Dictionary<RankingId, int> Places(
        IReadOnlyList<RankedPassage> ranked, HashSet<string> areas, int firstHour)
    {
        var places = new Dictionary<RankingId, int>();
        foreach (var passage in ranked)
        {
            if (!areas.Contains(passage.Area))
            {
                continue;
            }

            for (var hour = Math.Max(passage.FirstHour, firstHour); hour <= passage.LastHour; hour++)
            {
                var ranking = new RankingId(passage.Area, hour);
                places[ranking] = Math.Max(passage.Points, places.GetValueOrDefault(ranking));
            }
        }

        return places;
    }
}
