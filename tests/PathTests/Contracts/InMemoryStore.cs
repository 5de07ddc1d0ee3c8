using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.HotStore.Rankings;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>A hot store in dictionaries, with the bytes that the real one holds.</summary>
internal sealed class InMemoryStore : TestStore, IHotStore
{
    private const int RankingHoursKept = 2;

    private readonly TimeProvider _clock;
    private Dictionary<(char Kind, SubjectId Id), byte[]> _values = [];
    private Dictionary<(string Area, int Hour), Dictionary<SubjectId, int>> _rankings = [];
    private Dictionary<(SubjectKind Kind, SubjectId Id), Dictionary<SubjectId, long>> _onRoad = [];
    private Dictionary<int, ShardProgress> _progress = [];
    private string? _generation;
    private Action? _stepBack;

    /// <summary>Number of the last write; the writers, taken together, know the second one.</summary>
    private long _mark;
    private long _known;

    public InMemoryStore(TimeProvider? clock = null) => _clock = clock ?? TimeProvider.System;

    public override IHotStore Store => this;

    /// <summary>Breaks a promise of the store, for a simulation that must notice: the last to write wins.</summary>
    public bool IgnoresVersions { get; init; }

    public override Task WipeAsync()
    {
        _values.Clear();
        _rankings.Clear();
        _onRoad.Clear();
        _generation = null;
        _progress.Clear();
        _mark = 0;
        return Task.CompletedTask;
    }

    /// <summary>What is there now is what the store steps back to.</summary>
    public void Snapshot()
    {
        Dictionary<(char, SubjectId), byte[]> values = new(_values);
        var rankings = _rankings.ToDictionary(one => one.Key, one => new Dictionary<SubjectId, int>(one.Value));
        var onRoad = _onRoad.ToDictionary(one => one.Key, one => new Dictionary<SubjectId, long>(one.Value));
        Dictionary<int, ShardProgress> progress = new(_progress);
        var (generation, mark) = (_generation, _mark);
        _stepBack = () =>
        {
            (_values, _rankings, _onRoad, _progress) = (values, rankings, onRoad, progress);
            (_generation, _mark) = (generation, mark);
            Snapshot();
        };
    }

    /// <summary>Loses what was written since the snapshot, as a server does that comes back from its disk.</summary>
    /// <remarks>
    /// Without a snapshot, the mark of the last write. Of several writers only the first to write notices.
    /// </remarks>
    public override Task StepBackAsync()
    {
        if (_stepBack is null)
        {
            _mark--;
        }

        _stepBack?.Invoke();
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public Task<string?> GenerationAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_generation);
    }

    public Task<HotVehicles> LoadVehiclesAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation)
    {
        return Task.FromResult(new HotVehicles(_generation, HeldAll(vehicles, 'v', ProfileCodec.ReadVehicle)));
    }

    public Task<HotSubjects> LoadSubjectsAsync(
        IReadOnlyCollection<OnRoad> onRoad, IReadOnlyCollection<SubjectId> carriers,
        IReadOnlyCollection<SubjectId> consignors, CancellationToken cancellation)
    {
        foreach (var one in onRoad)
        {
            if (!_onRoad.TryGetValue((one.Kind, one.Subject), out var vehicles))
            {
                _onRoad[(one.Kind, one.Subject)] = vehicles = [];
            }

            vehicles[one.Vehicle] = Math.Max(one.UntilMs, vehicles.GetValueOrDefault(one.Vehicle));
        }

        return Task.FromResult(new HotSubjects(
            onRoad.Count == 0 || IsAsLeft() ? _generation : null,
            HeldAll(carriers, 'c', ProfileCodec.ReadCarrier),
            HeldAll(consignors, 's', ProfileCodec.ReadConsignor)));
    }

    public Task<IReadOnlySet<SubjectId>> OnRoadAsync(
        IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors,
        CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        return Task.FromResult<IReadOnlySet<SubjectId>>(
            carriers.Select(id => (SubjectKind.Carrier, id))
                .Concat(consignors.Select(id => (SubjectKind.Consignor, id)))
                .SelectMany(subject => _onRoad.GetValueOrDefault(subject) ?? [])
                .Where(vehicle => vehicle.Value >= now)
                .Select(vehicle => vehicle.Key)
                .ToHashSet());
    }

    public Task<SaveResult> SaveAsync(string generation, HotChanges changes, CancellationToken cancellation) =>
        Task.FromResult(Save(generation, changes, int.MaxValue));

    /// <param name="count">Changes that are looked at; the process ends before the others.</param>
    public SaveResult Save(string generation, HotChanges changes, int count)
    {
        if (generation != _generation || !IsAsLeft())
        {
            return SaveResult.Lost;
        }

        HashSet<SubjectId> carriers = [];
        HashSet<SubjectId> consignors = [];
        HashSet<SubjectId> vehicles = [];
        foreach (var (id, one) in changes.Carriers.Take(count))
        {
            Keep('c', id, ProfileCodec.Write(one.Profile), one.Expected, one.Next, carriers);
        }

        count = Math.Max(0, count - changes.Carriers.Count);
        foreach (var (id, one) in changes.Consignors.Take(count))
        {
            Keep('s', id, ProfileCodec.Write(one.Profile), one.Expected, one.Next, consignors);
        }

        count = Math.Max(0, count - changes.Consignors.Count);
        foreach (var one in changes.Vehicles.Take(count))
        {
            var id = one.After.Vehicle;
            var ranked = RankingChanges.PassagesOf(one.After, FirstHourKept);
            var value = ProfileCodec.Write(new HotVehicle(one.Profile, ranked));
            if (Keep('v', id, value, one.Expected, one.Next, vehicles))
            {
                _values[('a', id)] = AssessmentCodec.Write(one.After);
                Rank(id, one.Before, ranked);
            }
        }

        return new(false, carriers, consignors, vehicles);
    }

    public Task<IReadOnlyList<RankedEntry>> TopAsync(
        string area, int firstHour, int lastHour, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstHour, lastHour);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lastHour - firstHour, 7 * 24);
        return Task.FromResult<IReadOnlyList<RankedEntry>>(
        [
            .. Enumerable.Range(firstHour, lastHour - firstHour + 1)
                .SelectMany(hour => _rankings.GetValueOrDefault((area, hour)) ?? [])
                .GroupBy(place => place.Key, (id, same) => new RankedEntry(id, same.Max(place => place.Value)))
                .OrderByDescending(entry => entry.Points).ThenBy(entry => entry.Vehicle)
                .Take(limit),
        ]);
    }

    public Task<IReadOnlyDictionary<SubjectId, VehicleAssessment>> AssessmentsAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<SubjectId, VehicleAssessment>>(
            Found(vehicles, 'a', AssessmentCodec.Read));

    public async Task ResetAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> begun, CancellationToken cancellation)
    {
        await WipeAsync();
        _generation = generation;
        _progress = new(begun);
    }

    public Task<IReadOnlyDictionary<int, ShardProgress>?> TakeProgressAsync(
        bool afresh, CancellationToken cancellation)
    {
        if (!afresh && !IsAsLeft())
        {
            return Task.FromResult<IReadOnlyDictionary<int, ShardProgress>?>(null);
        }

        _mark = ++_known;
        return Task.FromResult<IReadOnlyDictionary<int, ShardProgress>?>(
            new Dictionary<int, ShardProgress>(_progress));
    }

    public Task<bool> SetProgressAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> shards, CancellationToken cancellation)
    {
        if (generation != _generation || !IsAsLeft())
        {
            return Task.FromResult(false);
        }

        foreach (var (shard, progress) in shards)
        {
            _progress[shard] = progress;
        }

        return Task.FromResult(true);
    }

    public Task<IReadOnlyDictionary<int, ShardProgress>> ProgressAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyDictionary<int, ShardProgress>>(
            _generation is null ? new Dictionary<int, ShardProgress>() : new Dictionary<int, ShardProgress>(_progress));

    /// <summary>Whether nothing was lost since the last write; then this is the next.</summary>
    private bool IsAsLeft()
    {
        if (_mark < _known)
        {
            return false;
        }

        _mark = ++_known;
        return true;
    }

    private int FirstHourKept =>
        (int)(_clock.GetUtcNow().AddHours(-RankingHoursKept).ToUnixTimeSeconds() / 3600);

    private void Rank(
        SubjectId vehicle, IReadOnlyList<RankedPassage> before, IReadOnlyList<RankedPassage> after)
    {
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

    private IEnumerable<((string Area, int Hour) Ranking, int Points)> Places(IReadOnlyList<RankedPassage> ranked) =>
        from passage in ranked
        from hour in Enumerable.Range(passage.FirstHour, passage.LastHour - passage.FirstHour + 1)
        where hour >= FirstHourKept
        select ((passage.Area, hour), passage.Points);

    private bool Keep(
        char kind, SubjectId id, byte[] profile, HotVersion expected, HotVersion next, HashSet<SubjectId> stale)
    {
        if (!IgnoresVersions && VersionOf(kind, id) != expected)
        {
            stale.Add(id);
            return false;
        }

        _values[(kind, id)] = VersionedValue.Write(next, profile);
        return true;
    }

    private HotVersion VersionOf(char kind, SubjectId id) =>
        VersionedValue.VersionOf(_values.GetValueOrDefault((kind, id)));

    private Dictionary<SubjectId, Held<T>> HeldAll<T>(
        IEnumerable<SubjectId> ids, char kind, Func<ReadOnlyMemory<byte>, T> read)
        where T : class => ids.Distinct().ToDictionary(
        id => id,
        id => new Held<T>(
            _values.TryGetValue((kind, id), out var value) ? read(VersionedValue.ProfileOf(value)) : null,
            VersionOf(kind, id)));

    private Dictionary<SubjectId, T> Found<T>(
        IEnumerable<SubjectId> ids, char kind, Func<ReadOnlyMemory<byte>, T> read) =>
        ids.Where(id => _values.ContainsKey((kind, id))).Distinct()
            .ToDictionary(id => id, id => read(_values[(kind, id)]));
}
