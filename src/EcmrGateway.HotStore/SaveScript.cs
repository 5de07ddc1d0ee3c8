using EcmrGateway.HotStore.Codec;
using EcmrGateway.HotStore.Rankings;
using EcmrGateway.Risk.Facts;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>
/// Some changes of one bucket as one script: each is written over the version it expects, or not at all.
/// </summary>
/// <remarks>
/// A script, as the server runs it without anything in between: whoever reads sees a vehicle's profile, assessment and
/// places together, and a process that ends in the midst leaves no half. It uses what Redis and Garnet have in common.
/// </remarks>
internal sealed class SaveScript
{
    /// <summary>Changes in one call: the server answers nobody else meanwhile.</summary>
    public const int ChangesMax = 128;

    /// <summary>
    /// Keys: the generation; for each change its profile and, of a vehicle, its assessment and rankings; the rankings
    /// that get a time to expire. Answers -1 when the generation is another, otherwise the numbers of the changes that
    /// were not written.
    /// </summary>
    private const string Text =
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { -1 } end
        local stale = {}
        local k, a = 1, 2
        for change = 1, tonumber(ARGV[2]) do
          local free = redis.call('GETRANGE', KEYS[k + 1], 0, 7) == ARGV[a + 1]
          if free then
            redis.call('SET', KEYS[k + 1], ARGV[a + 2], 'EX', ARGV[a + 3])
          else
            stale[#stale + 1] = change
          end
          local ttl, places = ARGV[a + 3], tonumber(ARGV[a + 4])
          k, a = k + 1, a + 4
          if places >= 0 then
            if free then redis.call('SET', KEYS[k + 1], ARGV[a + 1], 'EX', ttl) end
            local member = ARGV[a + 2]
            k, a = k + 1, a + 2
            for place = 1, places do
              if free and ARGV[a + place] == '' then
                redis.call('ZREM', KEYS[k + place], member)
              elseif free then
                redis.call('ZADD', KEYS[k + place], ARGV[a + place], member)
              end
            end
            k, a = k + places, a + places
          end
        end
        for ranking = 1, tonumber(ARGV[a + 1]) do
          redis.call('EXPIREAT', KEYS[k + ranking], ARGV[a + 1 + ranking])
        end
        return stale
        """;

    private const int NoPlaces = -1;
    private const long HourSeconds = 3_600;

    private readonly HotKeys _keys;
    private readonly HotStoreOptions _options;
    private readonly int _bucket;
    private readonly List<RedisKey> _named = [];
    private readonly List<RedisValue> _values = [];
    private readonly Dictionary<RedisKey, long> _rankings = [];
    private readonly List<(SubjectKind Kind, SubjectId Id)> _changes = [];

    public SaveScript(HotKeys keys, HotStoreOptions options, int bucket, string generation)
    {
        (_keys, _options, _bucket) = (keys, options, bucket);
        _named.Add(HotKeys.Generation(bucket));
        _values.Add(generation);
        _values.Add(RedisValue.Null);
    }

    public bool IsFull => _changes.Count >= ChangesMax;

    /// <param name="profile">Its bytes, without the version.</param>
    public void AddSubject(SubjectKind kind, SubjectId id, byte[] profile, HotVersion expected, HotVersion next)
    {
        var key = kind == SubjectKind.Carrier ? _keys.Carrier(id) : _keys.Consignor(id);
        Add(kind, id, key, profile, expected, next);
        _values.Add(NoPlaces);
    }

    /// <param name="firstHour">Rankings of earlier hours have expired.</param>
    public void AddVehicle(ChangedVehicle changed, int firstHour)
    {
        var vehicle = changed.After.Vehicle;
        var places = RankingChanges.Of(changed.Before, changed.After, firstHour);
        Add(
            SubjectKind.Vehicle, vehicle, _keys.Vehicle(vehicle), ProfileCodec.Write(changed.Profile),
            changed.Expected, changed.Next);
        _values.Add(places.Count);
        _named.Add(_keys.Assessment(vehicle));
        _values.Add(AssessmentCodec.Write(changed.After));
        _values.Add(HotKeys.Member(vehicle));
        foreach (var (ranking, points) in places)
        {
            var key = HotKeys.Ranking(_bucket, ranking.Area, ranking.Hour);
            _named.Add(key);
            _values.Add(points is { } some ? some : RedisValue.EmptyString);
            if (points is not null)
            {
                _rankings[key] = ((ranking.Hour + 1L) * HourSeconds) + (long)_options.RankingTtl.TotalSeconds;
            }
        }
    }

    /// <returns>Changes that were not written; null: the content is another, and none was.</returns>
    public async Task<List<(SubjectKind Kind, SubjectId Id)>?> RunAsync(IDatabase redis)
    {
        _values[1] = _changes.Count;
        _values.Add(_rankings.Count);
        foreach (var (key, expires) in _rankings)
        {
            _named.Add(key);
            _values.Add(expires);
        }

        var answer = (int[]?)await redis.ScriptEvaluateAsync(Text, [.. _named], [.. _values]);
        return answer switch
        {
            null or [] => [],
            [-1] => null,
            _ => [.. answer.Select(change => _changes[change - 1])],
        };
    }

    private void Add(
        SubjectKind kind, SubjectId id, RedisKey key, byte[] profile, HotVersion expected, HotVersion next)
    {
        _changes.Add((kind, id));
        _named.Add(key);
        _values.Add(VersionedValue.Expected(expected));
        _values.Add(VersionedValue.Write(next, profile));
        _values.Add((long)_options.TtlOf(id).TotalSeconds);
    }
}
