using System.Collections.Concurrent;
using Ecmr.Inspection.V1;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Inspection.Rank;

/// <summary>What was read last, kept for a time in which the hot store is away.</summary>
/// <typeparam name="T">What is known of a vehicle.</typeparam>
/// <param name="ReadTime">When the oldest part of it was read.</param>
internal sealed record Known<T>(
    IReadOnlyList<T> Vehicles, IReadOnlyDictionary<int, ShardProgress> Progress, DateTimeOffset ReadTime);

/// <summary>The vehicles of the lists that were asked for last, by area.</summary>
/// <remarks>
/// A list made of them may be old, as its time says, and short: vehicles that nobody has listed are not in it. Memory
/// is bounded by the number of areas and <see cref="InspectionOptions.LastReadMax"/>; an assessment has a few KB.
/// </remarks>
internal sealed class LastRead(InspectionOptions options)
{
    private readonly ConcurrentDictionary<string, AreaRead> _areas = new(StringComparer.Ordinal);

    /// <param name="area">One of the configured ones.</param>
    public void Keep(
        string area, IEnumerable<VehicleAssessment> vehicles, IReadOnlyDictionary<int, ShardProgress> progress,
        DateTimeOffset readTime)
    {
        var kept = _areas.GetOrAdd(area, _ => new());
        lock (kept)
        {
            kept.Progress = progress;
            foreach (var vehicle in vehicles)
            {
                kept.Vehicles[vehicle.Vehicle] = (vehicle, readTime);
            }

            var excess = kept.Vehicles.Count - options.LastReadMax;
            if (excess > 0)
            {
                foreach (var oldest in kept.Vehicles.OrderBy(one => one.Value.ReadTime).Take(excess).ToList())
                {
                    kept.Vehicles.Remove(oldest.Key);
                }
            }
        }
    }

    /// <returns>Highest points first, then by pseudonym; null: no list of the area was read.</returns>
    public Known<RankedVehicle>? Find(RankWindow window)
    {
        if (!_areas.TryGetValue(window.Area, out var kept))
        {
            return null;
        }

        lock (kept)
        {
            var met = kept.Vehicles.Values
                .Select(one => (Vehicle: VehicleWriting.InWindow(one.Assessment, window), one))
                .Where(one => one.Vehicle is not null)
                .OrderByDescending(one => one.Vehicle!.Score)
                .ThenBy(one => one.one.Assessment.Vehicle)
                .ToList();
            return met.Count == 0
                ? null
                : new(
                    [.. met.Select(one => one.Vehicle!)], kept.Progress, met.Min(one => one.one.ReadTime));
        }
    }

    /// <returns>Null: none of them is known.</returns>
    public Known<VehicleAssessment>? Find(IReadOnlyCollection<SubjectId> vehicles)
    {
        Known<VehicleAssessment>? latest = null;
        foreach (var kept in _areas.Values)
        {
            lock (kept)
            {
                var found = vehicles.Where(kept.Vehicles.ContainsKey).Select(id => kept.Vehicles[id]).ToList();
                if (found.Count > 0 && (latest is null || found.Min(one => one.ReadTime) > latest.ReadTime))
                {
                    latest = new(
                        [.. found.Select(one => one.Assessment)], kept.Progress, found.Min(one => one.ReadTime));
                }
            }
        }

        return latest;
    }

    private sealed class AreaRead
    {
        public Dictionary<SubjectId, (VehicleAssessment Assessment, DateTimeOffset ReadTime)> Vehicles { get; } = [];

        public IReadOnlyDictionary<int, ShardProgress> Progress { get; set; } = new Dictionary<int, ShardProgress>();
    }
}
