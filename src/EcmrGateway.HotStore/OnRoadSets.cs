using EcmrGateway.HotStore.Progress;
using EcmrGateway.Risk.Facts;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>The vehicles on the road of each carrier and consignor.</summary>
internal sealed class OnRoadSets(
    HotKeys keys, WriterMarks marks, IOptions<HotStoreOptions> options, TimeProvider clock)
{
    /// <summary>Sends what puts vehicles on the road; a later end takes the place of an earlier one.</summary>
    /// <returns>For each bucket; false: the content is not as this process left it.</returns>
    public List<Task<bool>> Add(IDatabase redis, IReadOnlyCollection<OnRoad> onRoad)
    {
        List<Task<bool>> sent = [];
        foreach (var bucket in onRoad.GroupBy(one => keys.BucketOf(one.Subject)))
        {
            var joined = bucket.GroupBy(one => (one.Kind, one.Subject))
                .SelectMany(subject => Add(redis, subject.Key.Kind, subject.Key.Subject, subject)).ToList();
            sent.Add(MarkAsync(joined, marks.SendAsync(redis, bucket.Key)));
        }

        return sent;

        static async Task<bool> MarkAsync(List<Task> joined, Task<bool> marked)
        {
            await Task.WhenAll(joined);
            return await marked;
        }
    }

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

    private List<Task> Add(IDatabase redis, SubjectKind kind, SubjectId subject, IEnumerable<OnRoad> vehicles)
    {
        var key = keys.OnRoad(kind, subject);
        return
        [
            redis.SortedSetAddAsync(
                key, [.. vehicles.Select(one => new SortedSetEntry(HotKeys.Member(one.Vehicle), one.UntilMs))],
                SortedSetWhen.GreaterThan),
            redis.KeyExpireAsync(key, options.Value.TtlOf(subject)),
        ];
    }
}
