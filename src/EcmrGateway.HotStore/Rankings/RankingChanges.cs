using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.HotStore.Rankings;

/// <summary>A ranking: vehicles expected in an area in an hour, counted from 1970-01-01T00:00:00Z.</summary>
internal readonly record struct RankingId(string Area, int Hour);

/// <summary>What a batch changes in one ranking.</summary>
internal sealed class RankingChange
{
    /// <summary>Vehicles and their points: added, or set to this value.</summary>
    public Dictionary<SubjectId, int> Placed { get; } = [];

    public HashSet<SubjectId> Removed { get; } = [];
}

/// <summary>Works out the places in the rankings from assessments before and after.</summary>
internal static class RankingChanges
{
    /// <remarks>
    /// Every place of an assessment after is written, also one that was there before: a save that failed halfway and
    /// is repeated then puts right what it left.
    /// </remarks>
    /// <param name="firstHour">Earlier rankings have expired and are left alone.</param>
    public static Dictionary<RankingId, RankingChange> Of(IReadOnlyList<AssessmentChange> changes, int firstHour)
    {
        Dictionary<RankingId, RankingChange> rankings = [];
        foreach (var (before, after) in changes)
        {
            var vehicle = after.Vehicle;
            foreach (var (ranking, _) in Places(before, firstHour))
            {
                var change = ChangeOf(rankings, ranking);
                change.Placed.Remove(vehicle);
                change.Removed.Add(vehicle);
            }

            foreach (var (ranking, points) in Places(after, firstHour))
            {
                var change = ChangeOf(rankings, ranking);
                change.Removed.Remove(vehicle);
                change.Placed[vehicle] = change.Placed.TryGetValue(vehicle, out var other)
                    ? Math.Max(points, other)
                    : points;
            }
        }

        return rankings;
    }

    private static IEnumerable<(RankingId Ranking, int Points)> Places(VehicleAssessment? assessment, int firstHour) =>
        from movement in assessment?.Movements ?? []
        from passage in movement.Passages
        let first = Math.Max(passage.FirstHour, firstHour)
        where first <= passage.LastHour
        from hour in Enumerable.Range(first, passage.LastHour - first + 1)
        select (new RankingId(passage.Area, hour), movement.Points);

    private static RankingChange ChangeOf(Dictionary<RankingId, RankingChange> rankings, RankingId ranking)
    {
        if (!rankings.TryGetValue(ranking, out var change))
        {
            rankings[ranking] = change = new();
        }

        return change;
    }
}
