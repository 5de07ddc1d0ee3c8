using EcmrGateway.HotStore.Codec;
using EcmrGateway.HotStore.Rankings;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>
/// The hot store over the Redis protocol. Keys: <see cref="HotKeys"/>; writing: <see cref="HotWriter"/>.
/// </summary>
internal sealed class RedisHotStore(HotStoreCalls calls, HotWriter writer, HotStoreTelemetry telemetry) : IHotStore
{
    /// <summary>Longest window that a ranking is read over: a week.</summary>
    public const int HoursMax = 7 * 24;

    public Task<HotProfiles> LoadAsync(
        IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors,
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) => calls.AskAsync(
        "load",
        async redis =>
        {
            var db = redis.GetDatabase();
            var generation = db.StringGetAsync(HotKeys.Generation);
            var hotCarriers = GetAll(db, carriers, HotKeys.Carrier);
            var hotConsignors = GetAll(db, consignors, HotKeys.Consignor);
            var hotVehicles = GetAll(db, vehicles, HotKeys.Vehicle);
            var hotAssessments = GetAll(db, vehicles, HotKeys.Assessment);
            return new HotProfiles(
                await generation,
                await ReadAll(hotCarriers, ProfileCodec.ReadCarrier),
                await ReadAll(hotConsignors, ProfileCodec.ReadConsignor),
                await ReadAll(hotVehicles, ProfileCodec.ReadVehicle),
                await ReadAll(hotAssessments, AssessmentCodec.Read));
        },
        cancellation);

    public Task SaveAsync(HotChanges changes, CancellationToken cancellation) => calls.AskAsync(
        "save",
        async redis =>
        {
            await writer.SaveAsync(redis.GetDatabase(), changes);
            return true;
        },
        cancellation);

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
                    .Select(hour => db.SortedSetRangeByRankWithScoresAsync(
                        HotKeys.Ranking(area, hour), 0, limit - 1, Order.Descending))
                    .ToList();
                return RankingMerge.Of((await Task.WhenAll(hours)).Select(Entries), limit);
            },
            cancellation);
    }

    public Task<IReadOnlyDictionary<SubjectId, VehicleAssessment>> AssessmentsAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation) => calls.AskAsync(
        "assessments",
        redis => ReadAll(
            GetAll(redis.GetDatabase(), vehicles, HotKeys.Assessment), AssessmentCodec.Read),
        cancellation);

    public Task ResetAsync(string generation, CancellationToken cancellation)
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

                // The first record of the new content: see EmbeddedGarnet on why the order matters.
                return await db.StringSetAsync(HotKeys.Generation, generation);
            },
            cancellation);
    }

    public Task SetProgressAsync(IReadOnlyDictionary<int, ShardProgress> shards, CancellationToken cancellation) =>
        calls.AskAsync(
            "set_progress",
            async redis =>
            {
                await redis.GetDatabase().HashSetAsync(
                    HotKeys.Progress,
                    [.. shards.Select(pair => new HashEntry(pair.Key, ProgressText.Write(pair.Value)))]);
                return true;
            },
            cancellation);

    /// <remarks>Progress without a generation is of content that is gone.</remarks>
    public Task<IReadOnlyDictionary<int, ShardProgress>> ProgressAsync(CancellationToken cancellation) =>
        calls.AskAsync<IReadOnlyDictionary<int, ShardProgress>>(
            "progress",
            async redis =>
            {
                var db = redis.GetDatabase();
                var generation = db.StringGetAsync(HotKeys.Generation);
                var shards = db.HashGetAllAsync(HotKeys.Progress);
                var read = await shards;
                return (await generation).IsNull
                    ? new Dictionary<int, ShardProgress>()
                    : read.ToDictionary(entry => (int)entry.Name, entry => ProgressText.Read(entry.Value!));
            },
            cancellation);

    private static IEnumerable<RankedEntry> Entries(SortedSetEntry[] hour) => hour.Select(entry =>
        new RankedEntry(HotKeys.VehicleOf(((ReadOnlyMemory<byte>)entry.Element).Span), (int)entry.Score));

    private static List<(SubjectId Id, Task<RedisValue> Value)> GetAll(
        IDatabase db, IReadOnlyCollection<SubjectId> ids, Func<SubjectId, RedisKey> key) =>
        [.. ids.Select(id => (id, db.StringGetAsync(key(id))))];

    /// <summary>A value that cannot be read counts as missing: it is made anew from the facts.</summary>
    private async Task<IReadOnlyDictionary<SubjectId, T>> ReadAll<T>(
        List<(SubjectId Id, Task<RedisValue> Value)> values, Func<ReadOnlyMemory<byte>, T> read)
    {
        var found = new Dictionary<SubjectId, T>(values.Count);
        foreach (var (id, pending) in values)
        {
            var value = await pending;
            if (value.IsNull)
            {
                continue;
            }

            try
            {
                found[id] = read(value);
            }
            catch (InvalidDataException)
            {
                telemetry.Undecodable();
            }
        }

        return found;
    }
}
