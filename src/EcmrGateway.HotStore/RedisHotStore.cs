using EcmrGateway.HotStore.Codec;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.HotStore.Rankings;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>
/// The hot store over the Redis protocol. Keys: <see cref="HotKeys"/>; writing: <see cref="HotWriter"/>.
/// </summary>
internal sealed class RedisHotStore(
    HotStoreCalls calls, HotKeys keys, HotWriter writer, OnRoadSets onRoadSets, ProgressRecords progress,
    HotStoreTelemetry telemetry) : IHotStore
{
    /// <summary>Longest window that a ranking is read over: a week.</summary>
    public const int HoursMax = 7 * 24;

    /// <summary>Values in one answer: the server answers nobody else meanwhile.</summary>
    private const int ValuesMax = 512;

    public Task<string?> GenerationAsync(CancellationToken cancellation) => calls.AskAsync(
        "generation", redis => GenerationOf(Generations(redis.GetDatabase())), cancellation);

    public Task<HotVehicles> LoadVehiclesAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) => calls.AskAsync(
        "load_vehicles",
        async redis =>
        {
            var db = redis.GetDatabase();
            var generation = Generations(db);
            var values = GetAll(db, vehicles, keys.Vehicle);
            return new HotVehicles(await GenerationOf(generation), await HeldAll(values, ProfileCodec.ReadVehicle));
        },
        cancellation);

    public Task<HotSubjects> LoadSubjectsAsync(
        IReadOnlyCollection<OnRoad> onRoad, IReadOnlyCollection<SubjectId> carriers,
        IReadOnlyCollection<SubjectId> consignors, CancellationToken cancellation) => calls.AskAsync(
        "load_subjects",
        async redis =>
        {
            // In this order on one connection: a profile is read after its vehicles are on the road.
            var db = redis.GetDatabase();
            var joined = onRoadSets.Add(db, onRoad);
            var generation = Generations(db);
            var carrierValues = GetAll(db, carriers, keys.Carrier);
            var consignorValues = GetAll(db, consignors, keys.Consignor);
            var isAsLeft = (await Task.WhenAll(joined)).All(asLeft => asLeft);
            var found = await GenerationOf(generation);
            return new HotSubjects(
                isAsLeft ? found : null,
                await HeldAll(carrierValues, ProfileCodec.ReadCarrier),
                await HeldAll(consignorValues, ProfileCodec.ReadConsignor));
        },
        cancellation);

    public Task<IReadOnlySet<SubjectId>> OnRoadAsync(
        IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors,
        CancellationToken cancellation) => calls.AskAsync(
        "on_road", redis => onRoadSets.ReadAsync(redis.GetDatabase(), carriers, consignors), cancellation);

    public Task<SaveResult> SaveAsync(string generation, HotChanges changes, CancellationToken cancellation) =>
        calls.AskAsync("save", redis => writer.SaveAsync(redis.GetDatabase(), generation, changes), cancellation);

    public Task<IReadOnlyList<RankedEntry>> TopAsync(
        string area, int firstHour, int lastHour, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstHour, lastHour);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)lastHour - firstHour, HoursMax);
        return calls.AskAsync(
            "top",
            async redis =>
            {
                var db = redis.GetDatabase();
                var hours = Enumerable.Range(firstHour, lastHour - firstHour + 1)
                    .SelectMany(hour => Enumerable.Range(0, keys.Buckets)
                        .Select(bucket => db.SortedSetRangeByRankWithScoresAsync(
                            HotKeys.Ranking(bucket, area, hour), 0, limit - 1, Order.Descending)))
                    .ToList();
                return RankingMerge.Of((await Task.WhenAll(hours)).Select(Entries), limit);
            },
            cancellation);
    }

    public Task<IReadOnlyDictionary<SubjectId, VehicleAssessment>> AssessmentsAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) => calls.AskAsync(
        "assessments",
        redis => ReadAll(GetAll(redis.GetDatabase(), vehicles, keys.Assessment), AssessmentCodec.Read),
        cancellation);

    public Task ResetAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> begun, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(generation);
        return calls.AskAsync(
            "reset",
            async redis =>
            {
                var db = redis.GetDatabase();
                var servers = redis.GetServers();
                if (servers.Any(server => !server.IsConnected))
                {
                    // What cannot be emptied now would be there, and old, when it is back.
                    throw new HotStoreUnavailableException("A server of the hot store is away.", null);
                }

                await Task.WhenAll(servers.Where(server => !server.IsReplica)
                    .Select(server => server.FlushDatabaseAsync(db.Database)));

                await progress.BeginAsync(db, generation, begun);
                return true;
            },
            cancellation);
    }

    public Task<IReadOnlyDictionary<int, ShardProgress>?> TakeProgressAsync(
        bool afresh, CancellationToken cancellation) => calls.AskAsync(
        "take_progress", redis => progress.TakeAsync(redis.GetDatabase(), afresh), cancellation);

    public Task<bool> SetProgressAsync(
        string generation, IReadOnlyDictionary<int, ShardProgress> shards, CancellationToken cancellation) =>
        calls.AskAsync(
            "set_progress", redis => progress.SetAsync(redis.GetDatabase(), generation, shards), cancellation);

    /// <remarks>Progress without a generation is of content that is gone.</remarks>
    public Task<IReadOnlyDictionary<int, ShardProgress>> ProgressAsync(CancellationToken cancellation) =>
        calls.AskAsync<IReadOnlyDictionary<int, ShardProgress>>(
            "progress",
            async redis =>
            {
                var db = redis.GetDatabase();
                var generation = Generations(db);
                var shards = progress.ReadAsync(db);
                var read = await shards;
                return await GenerationOf(generation) is null ? new Dictionary<int, ShardProgress>() : read;
            },
            cancellation);

    private Task<RedisValue>[] Generations(IDatabase db) =>
        [.. Enumerable.Range(0, keys.Buckets).Select(bucket => db.StringGetAsync(HotKeys.Generation(bucket)))];

    /// <returns>Null also where the buckets differ: a part of the content was lost.</returns>
    private static async Task<string?> GenerationOf(Task<RedisValue>[] buckets)
    {
        var generations = await Task.WhenAll(buckets);
        return generations.All(one => one == generations[0]) ? generations[0] : default(string);
    }

    private static IEnumerable<RankedEntry> Entries(SortedSetEntry[] hour) => hour.Select(entry =>
        new RankedEntry(
            HotKeys.VehicleOf(((ReadOnlyMemory<byte>)entry.Element).Span), RankingScore.PointsOf(entry.Score)));

    /// <summary>One command for the keys of a bucket: a command costs both sides more than its value.</summary>
    private List<(SubjectId[] Ids, Task<RedisValue[]> Values)> GetAll(
        IDatabase db, IReadOnlyCollection<SubjectId> ids, Func<SubjectId, RedisKey> key) =>
    [
        .. ids.GroupBy(keys.BucketOf)
            .SelectMany(bucket => bucket.Chunk(ValuesMax))
            .Select(some => (some, db.StringGetAsync(Array.ConvertAll(some, id => key(id))))),
    ];

    private async Task<Dictionary<SubjectId, Held<T>>> HeldAll<T>(
        List<(SubjectId[] Ids, Task<RedisValue[]> Values)> pending, Func<ReadOnlyMemory<byte>, T> read)
        where T : class
    {
        var held = new Dictionary<SubjectId, Held<T>>(pending.Sum(some => some.Ids.Length));
        foreach (var (ids, values) in pending)
        {
            foreach (var (id, found) in ids.Zip(await values))
            {
                var value = (ReadOnlyMemory<byte>)found;
                var version = VersionedValue.VersionOf(value.Span);
                held[id] = new(
                    version == HotVersion.Absent ? null : TryRead(VersionedValue.ProfileOf(value), read), version);
            }
        }

        return held;
    }

    private async Task<IReadOnlyDictionary<SubjectId, T>> ReadAll<T>(
        List<(SubjectId[] Ids, Task<RedisValue[]> Values)> pending, Func<ReadOnlyMemory<byte>, T> read)
        where T : class
    {
        var readable = new Dictionary<SubjectId, T>(pending.Sum(some => some.Ids.Length));
        foreach (var (ids, values) in pending)
        {
            foreach (var (id, found) in ids.Zip(await values))
            {
                if (!found.IsNull && TryRead(found, read) is { } value)
                {
                    readable[id] = value;
                }
            }
        }

        return readable;
    }

    /// <summary>A value that cannot be read counts as missing: it is made anew from the facts.</summary>
    private T? TryRead<T>(ReadOnlyMemory<byte> value, Func<ReadOnlyMemory<byte>, T> read)
        where T : class
    {
        try
        {
            return read(value);
        }
        catch (InvalidDataException)
        {
            telemetry.Undecodable();
            return null;
        }
    }
}
