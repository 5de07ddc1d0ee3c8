using EcmrGateway.HotStore.Codec;
using EcmrGateway.HotStore.Progress;
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
    public const int ChangesMax = 256;

    /// <summary>
    /// Keys: the generation, the mark; for each change its profile and, of a vehicle, its assessment; the rankings.
    /// Answers -1 when the generation is another or not as this process left it, otherwise the numbers of the changes
    /// that were not written.
    /// </summary>
    /// <remarks>
    /// Ranking by ranking, one call with all its vehicles, so that the server runs few commands; what they take stands
    /// in the arguments as it is, so that the script goes over it only when a vehicle is to be left out.
    /// </remarks>
    private const string Text =
        $$"""
        {{WriterMarks.Script}}
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { -1 } end
        if not left(KEYS[1], KEYS[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]) then return { -1 } end
        local stale, refused = {}, {}
        local k, a = 2, 6
        for change = 1, tonumber(ARGV[2]) do
          local vehicle = ARGV[a + 4] == '1'
          if redis.call('GETRANGE', KEYS[k + 1], 0, 7) == ARGV[a + 1] then
            redis.call('SET', KEYS[k + 1], ARGV[a + 2], 'EX', ARGV[a + 3])
            if vehicle then redis.call('SET', KEYS[k + 2], ARGV[a + 5], 'EX', ARGV[a + 3]) end
          else
            stale[#stale + 1] = change
            if vehicle then refused[ARGV[a + 6]] = true end
          end
          if vehicle then k, a = k + 2, a + 6 else k, a = k + 1, a + 4 end
        end
        local function run(command, key, first, last, width)
          if #stale == 0 then
            if first <= last then redis.call(command, key, unpack(ARGV, first, last)) end
            return first <= last
          end
          local some = {}
          for member = first + width - 1, last, width do
            if not refused[ARGV[member]] then
              for part = member - width + 1, member do some[#some + 1] = ARGV[part] end
            end
          end
          if #some > 0 then redis.call(command, key, unpack(some)) end
          return #some > 0
        end
        local rankings = tonumber(ARGV[a + 1])
        a = a + 1
        for ranking = 1, rankings do
          local key = KEYS[k + ranking]
          local put = a + 3 + 2 * tonumber(ARGV[a + 2])
          local out = put + tonumber(ARGV[a + 3])
          run('ZREM', key, put + 1, out, 1)
          if run('ZADD', key, a + 4, put, 2) then redis.call('EXPIREAT', key, ARGV[a + 1]) end
          a = out
        end
        return stale
        """;

    private const int Subject = 0;
    private const int Vehicle = 1;
    private const long HourSeconds = 3_600;

    private readonly HotKeys _keys;
    private readonly WriterMarks _marks;
    private readonly HotStoreOptions _options;
    private readonly int _bucket;
    private readonly List<RedisKey> _named = [];
    private readonly List<RedisValue> _values = [];
    private readonly Dictionary<RankingId, (List<RedisValue> Put, List<RedisValue> Out)> _rankings = [];
    private readonly List<(SubjectKind Kind, SubjectId Id)> _changes = [];

    public SaveScript(HotKeys keys, WriterMarks marks, HotStoreOptions options, int bucket, string generation)
    {
        (_keys, _marks, _options, _bucket) = (keys, marks, options, bucket);
        _named.Add(HotKeys.Generation(bucket));
        _named.Add(marks.KeyOf(bucket));

        // The number of changes and the mark follow when it runs.
        _values.AddRange([generation, .. Enumerable.Repeat(RedisValue.Null, 5)]);
    }

    public bool IsFull => _changes.Count >= ChangesMax;

    /// <param name="profile">Its bytes, without the version.</param>
    public void AddSubject(SubjectKind kind, SubjectId id, byte[] profile, HotVersion expected, HotVersion next)
    {
        var key = kind == SubjectKind.Carrier ? _keys.Carrier(id) : _keys.Consignor(id);
        Add(kind, id, key, profile, expected, next);
        _values.Add(Subject);
    }

    /// <param name="firstHour">Rankings of earlier hours have expired.</param>
    public void AddVehicle(ChangedVehicle changed, int firstHour)
    {
        var vehicle = changed.After.Vehicle;
        var ranked = RankingChanges.PassagesOf(changed.After, firstHour);
        Add(
            SubjectKind.Vehicle, vehicle, _keys.Vehicle(vehicle),
            ProfileCodec.Write(new HotVehicle(changed.Profile, ranked)), changed.Expected, changed.Next);
        _values.Add(Vehicle);
        _named.Add(_keys.Assessment(vehicle));
        _values.Add(AssessmentCodec.Write(changed.After));
        RedisValue member = HotKeys.Member(vehicle);
        _values.Add(member);
        foreach (var (ranking, points) in RankingChanges.Of(changed.Before, ranked, firstHour))
        {
            if (!_rankings.TryGetValue(ranking, out var places))
            {
                _rankings[ranking] = places = ([], []);
            }

            if (points is { } some)
            {
                places.Put.AddRange([RankingScore.Of(some, vehicle), member]);
            }
            else
            {
                places.Out.Add(member);
            }
        }
    }

    /// <returns>Changes that were not written; null: the content is another, and none was.</returns>
    public async Task<List<(SubjectKind Kind, SubjectId Id)>?> RunAsync(IDatabase redis)
    {
        _values[1] = _changes.Count;
        _values.Add(_rankings.Count);
        foreach (var (ranking, places) in _rankings)
        {
            _named.Add(HotKeys.Ranking(_bucket, ranking.Area, ranking.Hour));
            _values.Add(((ranking.Hour + 1L) * HourSeconds) + (long)_options.RankingTtl.TotalSeconds);
            _values.Add(places.Put.Count / 2);
            _values.Add(places.Out.Count);
            _values.AddRange(places.Put);
            _values.AddRange(places.Out);
        }

        RedisKey[] named = [.. _named];
        RedisValue[] values = [.. _values];
        var answer = (int[]?)await _marks.SendAsync(
            _bucket,
            arguments =>
            {
                arguments.CopyTo(values, 2);
                return redis.ScriptEvaluateAsync(Text, named, values);
            },
            told => (int[]?)told is not [-1]);
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
