using EcmrGateway.Risk.Facts;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>The vehicles on the road of each carrier and consignor.</summary>
internal sealed class OnRoadSets(HotKeys keys, IOptions<HotStoreOptions> options, TimeProvider clock)
{
    /// <summary>Sends what puts vehicles on the road; a later end takes the place of an earlier one.</summary>
    public List<Task> Add(IDatabase redis, IReadOnlyCollection<OnRoad> onRoad)
    {
        List<Task> sent = [];
        foreach (var subject in onRoad.GroupBy(one => (one.Kind, one.Subject)))
        {
            var key = keys.OnRoad(subject.Key.Kind, subject.Key.Subject);
            sent.Add(redis.SortedSetAddAsync(
                key, [.. subject.Select(one => new SortedSetEntry(HotKeys.Member(one.Vehicle), one.UntilMs))],
                SortedSetWhen.GreaterThan));
            sent.Add(redis.KeyExpireAsync(key, options.Value.TtlOf(subject.Key.Subject)));
        }

        return sent;
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
}
