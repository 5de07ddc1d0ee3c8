using EcmrGateway.HotStore.Codec;
using EcmrGateway.HotStore.Rankings;
using EcmrGateway.Risk.Facts;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>Writes a batch of changes in one round trip.</summary>
internal sealed class HotWriter(IOptions<HotStoreOptions> options, TimeProvider clock)
{
    private const long HourMs = 3_600_000;

    private readonly HotStoreOptions _options = options.Value;

    /// <summary>Completes when everything is written; fails when anything was not.</summary>
    public Task SaveAsync(IDatabase db, HotChanges changes)
    {
        List<Task> writes = [];
        var firstHour = (int)((clock.GetUtcNow() - _options.RankingTtl).ToUnixTimeMilliseconds() / HourMs);
        foreach (var (ranking, change) in RankingChanges.Of(changes.Assessments, firstHour))
        {
            SaveRanking(db, ranking, change, writes);
        }

        foreach (var change in changes.Assessments)
        {
            var vehicle = change.After.Vehicle;
            Set(db, HotKeys.Assessment(vehicle), AssessmentCodec.Write(change.After), vehicle, writes);
        }

        foreach (var (id, profile) in changes.Vehicles)
        {
            Set(db, HotKeys.Vehicle(id), ProfileCodec.Write(profile), id, writes);
        }

        foreach (var (id, profile) in changes.Carriers)
        {
            Set(db, HotKeys.Carrier(id), ProfileCodec.Write(profile), id, writes);
        }

        foreach (var (id, profile) in changes.Consignors)
        {
            Set(db, HotKeys.Consignor(id), ProfileCodec.Write(profile), id, writes);
        }

        return Task.WhenAll(writes);
    }

    private void SaveRanking(IDatabase db, RankingId ranking, RankingChange change, List<Task> writes)
    {
        var key = HotKeys.Ranking(ranking.Area, ranking.Hour);
        if (change.Removed.Count > 0)
        {
            writes.Add(db.SortedSetRemoveAsync(key, [.. change.Removed.Select(id => (RedisValue)HotKeys.Member(id))]));
        }

        if (change.Placed.Count > 0)
        {
            writes.Add(db.SortedSetAddAsync(
                key, [.. change.Placed.Select(pair => new SortedSetEntry(HotKeys.Member(pair.Key), pair.Value))]));
            var hourEnd = DateTimeOffset.FromUnixTimeMilliseconds((ranking.Hour + 1L) * HourMs);
            writes.Add(db.KeyExpireAsync(key, (hourEnd + _options.RankingTtl).UtcDateTime));
        }
    }

    private void Set(IDatabase db, RedisKey key, byte[] value, SubjectId id, List<Task> writes) =>
        writes.Add(db.StringSetAsync(key, value, TtlOf(id)));

    /// <summary>
    /// Within a tenth of the option, by the pseudonym, so that what was filled at once does not go at once.
    /// </summary>
    internal TimeSpan TtlOf(SubjectId id)
    {
        var share = 0.9 + (0.2 * ((ulong)id.Value >> 48) / 65_536);
        return TimeSpan.FromSeconds(Math.Ceiling(_options.ProfileTtl.TotalSeconds * share));
    }
}
