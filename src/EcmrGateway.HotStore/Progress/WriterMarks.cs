using System.Security.Cryptography;
using StackExchange.Redis;

namespace EcmrGateway.HotStore.Progress;

/// <summary>This process's mark in each bucket: a number that rises with each thing it writes there.</summary>
/// <remarks>
/// A server that comes back from its disk, or a replica that takes over, may lack the last writes while all before is
/// there. What is written and its mark get lost together or not at all, since a server keeps both in the order of
/// writing. So a mark below one that was answered for says that something was lost. Every write looks before it sets
/// the next mark, and marks are sent in their order: a write that came behind a higher mark would leave none.
/// </remarks>
internal sealed class WriterMarks(HotKeys keys)
{
    /// <summary>
    /// For scripts, <c>local function left(generation, mark, known, next, lifetime, parts)</c>: false when the content
    /// is not as this process left it, otherwise the next mark is set.
    /// </summary>
    /// <remarks>
    /// One part of several that stepped back does not fit the others any more. It gives its generation up then, so that
    /// all begin anew. A server that holds all stepped back as a whole, and what it holds is only old.
    /// </remarks>
    public const string Script =
        """
        local function left(generation, mark, known, next, lifetime, parts)
          local found = tonumber(redis.call('GET', mark) or '-1')
          if found < tonumber(known) then
            if tonumber(parts) > 1 then redis.call('DEL', generation) end
            return false
          end
          if found < tonumber(next) then redis.call('SET', mark, next, 'EX', lifetime) end
          return true
        end

        """;

    private const string MarkScript =
        $$"""
        {{Script}}
        return left(KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], ARGV[4]) and 1 or 0
        """;

    /// <summary>Marks of processes that have ended go by themselves.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly string _writer = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly long[] _known = new long[keys.Buckets];
    private readonly long[] _sent = new long[keys.Buckets];
    private readonly Lock _sending = new();

    public RedisKey KeyOf(int bucket) => HotKeys.Writer(bucket, _writer);

    /// <summary>Sends a script that writes to a bucket and sets the next mark.</summary>
    /// <param name="send">Sends it, with the last four arguments of the script's function; does not wait.</param>
    /// <param name="isLeft">Whether its answer says that the content is as this process left it.</param>
    public async Task<RedisResult> SendAsync(
        int bucket, Func<RedisValue[], Task<RedisResult>> send, Func<RedisResult, bool> isLeft)
    {
        long mark;
        Task<RedisResult> sent;
        lock (_sending)
        {
            mark = ++_sent[bucket];
            sent = send([_known[bucket], mark, (long)Lifetime.TotalSeconds, keys.Buckets]);
        }

        var answer = await sent;
        if (isLeft(answer))
        {
            Answered(bucket, mark);
        }

        return answer;
    }

    /// <summary>Sends the mark of what was sent to a bucket before it on the same connection.</summary>
    /// <returns>False: the content is not as this process left it.</returns>
    public async Task<bool> SendAsync(IDatabase redis, int bucket) => (bool)await SendAsync(
        bucket,
        arguments => redis.ScriptEvaluateAsync(
            MarkScript, [HotKeys.Generation(bucket), KeyOf(bucket)], arguments),
        isSet => (bool)isSet);

    /// <summary>Sends a mark whatever is found: what is there from now on is what this process knows of.</summary>
    public async Task<bool> BeginAsync(IDatabase redis, int bucket)
    {
        long mark;
        Task sent;
        lock (_sending)
        {
            mark = ++_sent[bucket];
            sent = redis.StringSetAsync(KeyOf(bucket), mark, Lifetime);
        }

        await sent;
        Answered(bucket, mark);
        return true;
    }

    /// <summary>The server has answered that a mark is set.</summary>
    private void Answered(int bucket, long mark)
    {
        lock (_sending)
        {
            _known[bucket] = Math.Max(mark, _known[bucket]);
        }
    }
}
