using EcmrGateway.HotStore.Progress;
using EcmrGateway.Risk.Facts;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>The vehicles on the road of each carrier and consignor.</summary>
internal sealed class OnRoadSets(
    HotKeys keys, WriterMarks marks, IOptions<HotStoreOptions> options, TimeProvider clock)
{
    /// <summary>Vehicles in one call: the server answers nobody else meanwhile.</summary>
    private const int VehiclesMax = 512;

    /// <summary>
    /// Keys: the generation, the mark, the sets. Arguments: those of the mark; for each set its lifetime, how many
    /// vehicles, and each with the end of its time on the road. A later end takes the place of an earlier one.
    /// </summary>
    private const string AddScript =
        $$"""
        {{WriterMarks.Script}}
        if not left(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4]) then return 0 end
        local a = 5
        for set = 3, #KEYS do
          local last = a + 1 + 2 * tonumber(ARGV[a + 1])
          redis.call('ZADD', KEYS[set], 'GT', unpack(ARGV, a + 2, last))
          redis.call('EXPIRE', KEYS[set], ARGV[a])
          a = last + 1
        end
        return 1
        """;

    /// <summary>Sends what puts vehicles on the road.</summary>
    /// <returns>For each call; false: the content is not as this process left it.</returns>
    public List<Task<bool>> Add(IDatabase redis, IReadOnlyCollection<OnRoad> onRoad) =>
    [
        .. onRoad.GroupBy(one => keys.BucketOf(one.Subject)).SelectMany(
            bucket => bucket.Chunk(VehiclesMax).Select(some => AddAsync(redis, bucket.Key, some))),
    ];

    public async Task<IReadOnlySet<SubjectId>> ReadAsync(
        IDatabase redis, IReadOnlyCollection<SubjectId> carriers, IReadOnlyCollection<SubjectId> consignors)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        RedisKey[] sets =
        [
            .. carriers.Select(id => keys.OnRoad(SubjectKind.Carrier, id)),
            .. consignors.Select(id => keys.OnRoad(SubjectKind.Consignor, id)),
        ];
        var trimmed = sets.Select(set => redis.SortedSetRemoveRangeByScoreAsync(
            set, double.NegativeInfinity, now, Exclude.Stop)).ToList();
        var members = sets.Select(set => redis.SortedSetRangeByRankAsync(set)).ToList();
        await Task.WhenAll(trimmed);
        return (await Task.WhenAll(members)).SelectMany(set => set)
            .Select(member => HotKeys.VehicleOf(((ReadOnlyMemory<byte>)member).Span)).ToHashSet();
    }

    private async Task<bool> AddAsync(IDatabase redis, int bucket, OnRoad[] onRoad)
    {
        List<RedisKey> sets = [HotKeys.Generation(bucket), marks.KeyOf(bucket)];
        List<RedisValue> values = [];
        foreach (var subject in onRoad.GroupBy(one => (one.Kind, one.Subject)))
        {
            sets.Add(keys.OnRoad(subject.Key.Kind, subject.Key.Subject));
            values.Add((long)options.Value.TtlOf(subject.Key.Subject).TotalSeconds);
            values.Add(subject.Count());
            foreach (var one in subject)
            {
                values.Add(one.UntilMs);
                values.Add(HotKeys.Member(one.Vehicle));
            }
        }

        return (bool)await marks.SendAsync(
            bucket, arguments => redis.ScriptEvaluateAsync(AddScript, [.. sets], [.. arguments, .. values]),
            isAsLeft => (bool)isAsLeft);
    }
}
