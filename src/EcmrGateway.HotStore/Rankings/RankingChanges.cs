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
    /// <param name="changes">Each vehicle once.</param>
    /// <param name="firstHour">Earlier rankings have expired and are left alone.</param>
    public static Dictionary<RankingId, RankingChange> Of(IReadOnlyList<AssessmentChange> changes, int firstHour)
    {
        Dictionary<RankingId, RankingChange> rankings = [];
        Dictionary<RankingId, int> had = [];
        Dictionary<RankingId, int> has = [];
        foreach (var (before, after) in changes)
        {
            var vehicle = after.Vehicle;
            had.Clear();
            has.Clear();
            AddPlaces(had, before, firstHour);
            AddPlaces(has, after, firstHour);
            foreach (var (ranking, points) in has)
            {
                if (!had.TryGetValue(ranking, out var pointsBefore) || pointsBefore != points)
                {
                    ChangeOf(rankings, ranking).Placed[vehicle] = points;
                }
            }

            foreach (var ranking in had.Keys)
            {
                if (!has.ContainsKey(ranking))
                {
                    ChangeOf(rankings, ranking).Removed.Add(vehicle);
                }
            }
        }

        return rankings;
    }

    /// <summary>A vehicle's place is that of its movement with the most points there.</summary>
    private static void AddPlaces(Dictionary<RankingId, int> places, VehicleAssessment? assessment, int firstHour)
    {
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
    }

    private static RankingChange ChangeOf(Dictionary<RankingId, RankingChange> rankings, RankingId ranking)
    {
        if (!rankings.TryGetValue(ranking, out var change))
        {
            rankings[ranking] = change = new();
        }

        return change;
    }
}
