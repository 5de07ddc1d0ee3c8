using EcmrGateway.HotStore.Codec;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.Risk.Facts;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>Writes changes bucket by bucket, all in one round trip.</summary>
internal sealed class HotWriter(
    HotKeys keys, WriterMarks marks, IOptions<HotStoreOptions> options, TimeProvider clock)
{
    private const long HourMs = 3_600_000;

    private readonly HotStoreOptions _options = options.Value;

    /// <summary>Completes when everything is decided; fails when anything is not.</summary>
    public async Task<SaveResult> SaveAsync(IDatabase redis, string generation, HotChanges changes)
    {
        var stale = new HashSet<(SubjectKind Kind, SubjectId Id)>();
        var lost = false;
        foreach (var answer in await Task.WhenAll(Scripts(generation, changes).Select(one => one.RunAsync(redis))))
        {
            lost |= answer is null;
            stale.UnionWith(answer ?? []);
        }

        return lost
            ? SaveResult.Lost
            : new(false, Of(SubjectKind.Carrier), Of(SubjectKind.Consignor), Of(SubjectKind.Vehicle));

        HashSet<SubjectId> Of(SubjectKind kind) => [.. stale.Where(one => one.Kind == kind).Select(one => one.Id)];
    }

    private List<SaveScript> Scripts(string generation, HotChanges changes)
    {
        List<SaveScript> scripts = [];
        var open = new SaveScript?[keys.Buckets];
        var firstHour = (int)((clock.GetUtcNow() - _options.RankingTtl).ToUnixTimeMilliseconds() / HourMs);
        foreach (var (id, carrier) in changes.Carriers)
        {
            ScriptFor(id).AddSubject(
                SubjectKind.Carrier, id, ProfileCodec.Write(carrier.Profile), carrier.Expected, carrier.Next);
        }

        foreach (var (id, consignor) in changes.Consignors)
        {
            ScriptFor(id).AddSubject(
                SubjectKind.Consignor, id, ProfileCodec.Write(consignor.Profile), consignor.Expected, consignor.Next);
        }

        foreach (var vehicle in changes.Vehicles)
        {
            ScriptFor(vehicle.After.Vehicle).AddVehicle(vehicle, firstHour);
        }

        return scripts;

        SaveScript ScriptFor(SubjectId id)
        {
            ref var script = ref open[keys.BucketOf(id)];
            if (script is null or { IsFull: true })
            {
                script = new(keys, marks, _options, keys.BucketOf(id), generation);
                scripts.Add(script);
            }

            return script;
        }
    }
}
