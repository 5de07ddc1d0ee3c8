using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>A hot store in dictionaries, with the bytes that the real one holds.</summary>
internal sealed class InMemoryStore : TestStore, IHotStore
{
    private const int RankingHoursKept = 2;

    private readonly TimeProvider _clock;
    private readonly Dictionary<(char Kind, SubjectId Id), byte[]> _values = [];
    private readonly Dictionary<(string Area, int Hour), Dictionary<SubjectId, int>> _rankings = [];
    private string? _generation;
    private readonly Dictionary<int, ShardProgress> _progress = [];

    public InMemoryStore(TimeProvider? clock = null) => _clock = clock ?? TimeProvider.System;

    public override IHotStore Store => this;

    public override Task WipeAsync()
    {
        _values.Clear();
        _rankings.Clear();
        _generation = null;
        _progress.Clear();
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<HotProfiles> LoadAsync(
        IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors,
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(new HotProfiles(
            _generation,
            Found(carriers, 'c', ProfileCodec.ReadCarrier),
            Found(consignors, 's', ProfileCodec.ReadConsignor),
            Found(vehicles, 'v', ProfileCodec.ReadVehicle),
            Found(vehicles, 'a', AssessmentCodec.Read)));
    }

    public Task SaveAsync(HotChanges changes, CancellationToken cancellation)
    {
        for (var phase = 0; phase < 3; phase++)
        {
            Save(changes, phase);
        }

        return Task.CompletedTask;
    }

    /// <summary>One of the three parts of a save: rankings, assessments, profiles.</summary>
    public void Save(HotChanges changes, int phase)
    {
        switch (phase)
        {
            case 0:
                foreach (var (before, after) in changes.Assessments)
                {
                    Rank(before, after);
                }

                break;
            case 1:
                foreach (var (_, after) in changes.Assessments)
                {
                    _values[('a', after.Vehicle)] = AssessmentCodec.Write(after);
                }

                break;
            default:
                Keep(changes.Carriers, 'c', ProfileCodec.Write);
                Keep(changes.Consignors, 's', ProfileCodec.Write);
                Keep(changes.Vehicles, 'v', ProfileCodec.Write);
                break;
        }
    }

    public Task<IReadOnlyList<RankedEntry>> TopAsync(
        string area, int firstHour, int lastHour, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstHour, lastHour);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lastHour - firstHour, 7 * 24);
        return Task.FromResult<IReadOnlyList<RankedEntry>>(
        [
            .. _rankings.Where(ranking => ranking.Key.Area == area
                    && ranking.Key.Hour >= firstHour && ranking.Key.Hour <= lastHour)
                .SelectMany(ranking => ranking.Value)
                .GroupBy(place => place.Key, (id, same) => new RankedEntry(id, same.Max(place => place.Value)))
                .OrderByDescending(entry => entry.Points).ThenBy(entry => entry.Vehicle)
                .Take(limit),
        ]);
    }

    public Task<IReadOnlyDictionary<SubjectId, VehicleAssessment>> AssessmentsAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<SubjectId, VehicleAssessment>>(
            Found(vehicles, 'a', AssessmentCodec.Read));

    public async Task ResetAsync(string generation, CancellationToken cancellation)
    {
        await WipeAsync();
        _generation = generation;
    }

    public Task SetProgressAsync(IReadOnlyDictionary<int, ShardProgress> shards, CancellationToken cancellation)
    {
        foreach (var (shard, progress) in shards)
        {
            _progress[shard] = progress;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<int, ShardProgress>> ProgressAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<int, ShardProgress>>(
            _generation is null ? new Dictionary<int, ShardProgress>() : new Dictionary<int, ShardProgress>(_progress));

    private void Rank(VehicleAssessment? before, VehicleAssessment after)
    {
        var vehicle = after.Vehicle;
        foreach (var (ranking, _) in Places(before))
        {
            _rankings.GetValueOrDefault(ranking)?.Remove(vehicle);
        }

        foreach (var (ranking, points) in Places(after).OrderBy(place => place.Points))
        {
            if (!_rankings.TryGetValue(ranking, out var vehicles))
            {
                _rankings[ranking] = vehicles = [];
            }

            vehicles[vehicle] = points;
        }
    }

    private IEnumerable<((string Area, int Hour) Ranking, int Points)> Places(VehicleAssessment? assessment)
    {
        var firstKept = (int)(_clock.GetUtcNow().AddHours(-RankingHoursKept).ToUnixTimeSeconds() / 3600);
        return from movement in assessment?.Movements ?? []
               from passage in movement.Passages
               from hour in Enumerable.Range(passage.FirstHour, passage.LastHour - passage.FirstHour + 1)
               where hour >= firstKept
               select ((passage.Area, hour), movement.Points);
    }

    private void Keep<T>(IReadOnlyDictionary<SubjectId, T> profiles, char kind, Func<T, byte[]> write)
    {
        foreach (var (id, profile) in profiles)
        {
            _values[(kind, id)] = write(profile);
        }
    }

    private Dictionary<SubjectId, T> Found<T>(
        IEnumerable<SubjectId> ids, char kind, Func<ReadOnlyMemory<byte>, T> read) =>
        ids.Where(id => _values.ContainsKey((kind, id))).Distinct()
            .ToDictionary(id => id, id => read(_values[(kind, id)]));
}
