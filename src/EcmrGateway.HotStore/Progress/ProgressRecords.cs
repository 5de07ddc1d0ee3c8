using StackExchange.Redis;

namespace EcmrGateway.HotStore.Progress;

/// <summary>The progress of scoring, in every bucket: a part that loses its last writes tells of it.</summary>
internal sealed class ProgressRecords(HotKeys keys, WriterMarks marks)
{
    /// <summary>
    /// Keys: generation, mark, progress. Arguments: the generation, those of the mark, then shards and their progress.
    /// </summary>
    private const string SetScript =
        $$"""
        {{WriterMarks.Script}}
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        if not left(KEYS[1], KEYS[2], ARGV[2], ARGV[3], ARGV[4], ARGV[5]) then return 0 end
        for field = 6, #ARGV, 2 do
          redis.call('HSET', KEYS[3], ARGV[field], ARGV[field + 1])
        end
        return 1
        """;

    /// <summary>
    /// Keys: generation, progress. The generation is the first record of the new content: see EmbeddedGarnet on why the
    /// order matters. Nobody finds it without the progress.
    /// </summary>
    private const string BeginScript =
        """
        redis.call('SET', KEYS[1], ARGV[1])
        for field = 2, #ARGV, 2 do
          redis.call('HSET', KEYS[2], ARGV[field], ARGV[field + 1])
        end
        return 1
        """;

    private IEnumerable<int> Buckets => Enumerable.Range(0, keys.Buckets);

    /// <summary>Names the content of an empty store.</summary>
    public Task BeginAsync(
        IDatabase redis, string generation, IReadOnlyDictionary<int, ShardProgress> shards) => Task.WhenAll(
        Buckets.Select(bucket => redis.ScriptEvaluateAsync(
            BeginScript, [HotKeys.Generation(bucket), HotKeys.Progress(bucket)],
            [generation, .. Fields(shards)])));

    /// <returns>False: the content is another, or not as this process left it.</returns>
    public async Task<bool> SetAsync(
        IDatabase redis, string generation, IReadOnlyDictionary<int, ShardProgress> shards)
    {
        var fields = Fields(shards);
        var answers = await Task.WhenAll(Buckets.Select(SetAsync));
        return answers.All(isSet => isSet);

        async Task<bool> SetAsync(int bucket) => (bool)await marks.SendAsync(
            bucket,
            arguments => redis.ScriptEvaluateAsync(
                SetScript, [HotKeys.Generation(bucket), marks.KeyOf(bucket), HotKeys.Progress(bucket)],
                [generation, .. arguments, .. fields]),
            isSet => (bool)isSet);
    }

    /// <summary>Leaves a mark and reads: what is lost from now on is noticed at the next write.</summary>
    /// <param name="afresh">Whatever is found; otherwise the marks left before must be there.</param>
    /// <returns>Null: they are not, or the buckets say different things.</returns>
    public async Task<IReadOnlyDictionary<int, ShardProgress>?> TakeAsync(IDatabase redis, bool afresh)
    {
        var marked = Buckets.Select(bucket => afresh
            ? marks.BeginAsync(redis, bucket)
            : marks.SendAsync(redis, bucket)).ToList();
        var buckets = ReadAll(redis);
        var isAsLeft = (await Task.WhenAll(marked)).All(asLeft => asLeft);
        var read = await Task.WhenAll(buckets);
        return isAsLeft && read.All(one => one.Count == read[0].Count && !one.Except(read[0]).Any()) ? read[0] : null;
    }

    public async Task<IReadOnlyDictionary<int, ShardProgress>> ReadAsync(IDatabase redis) =>
        LeastOf(await Task.WhenAll(ReadAll(redis)));

    private static RedisValue[] Fields(IReadOnlyDictionary<int, ShardProgress> shards) =>
        [.. shards.SelectMany(pair => new RedisValue[] { pair.Key, ProgressText.Write(pair.Value) })];

    private List<Task<Dictionary<int, ShardProgress>>> ReadAll(IDatabase redis) =>
    [
        .. Buckets.Select(async bucket => (await redis.HashGetAllAsync(HotKeys.Progress(bucket)))
            .ToDictionary(entry => (int)entry.Name, entry => ProgressText.Read(entry.Value!))),
    ];

    /// <summary>What holds for all parts: a shard that one of them does not name is not begun.</summary>
    private static Dictionary<int, ShardProgress> LeastOf(Dictionary<int, ShardProgress>[] buckets) =>
        buckets[0].Keys.Where(shard => buckets.All(bucket => bucket.ContainsKey(shard))).ToDictionary(
            shard => shard,
            shard => new ShardProgress(
                buckets.Min(bucket => bucket[shard].ScoredIndex), buckets.Min(bucket => bucket[shard].RebuiltPercent)));
}
