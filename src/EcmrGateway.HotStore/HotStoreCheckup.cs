using System.Globalization;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>Looks at the Redis of the settings, and changes nothing.</summary>
public static class HotStoreCheckup
{
    /// <exception cref="HotStoreUnavailableException">It does not answer, or refuses; the message says why.</exception>
    public static async Task<HotStoreReport> AskAsync(
        HotStoreOptions options, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var configuration = HotStoreConnection.ConfigurationOf(options, garnet: null);
        configuration.AbortOnConnectFail = true;
        configuration.ConnectRetry = 1;
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(configuration).WaitAsync(cancellation);
            var server = redis.GetServers().First(one => one.IsConnected);
            var info = (await server.InfoAsync()).SelectMany(group => group)
                .ToDictionary(line => line.Key, line => line.Value, StringComparer.Ordinal);
            var asked = time.GetTimestamp();
            var clock = await server.TimeAsync();
            return new()
            {
                Version = info.GetValueOrDefault("redis_version", "unknown"),
                Ahead = clock - (time.GetUtcNow() - (time.GetElapsedTime(asked) / 2)),
                Bytes = Number(info, "used_memory"),
                BytesMax = Number(info, "maxmemory"),
                Eviction = info.GetValueOrDefault("maxmemory_policy", "noeviction"),
            };
        }
        catch (RedisException failure)
        {
            throw new HotStoreUnavailableException(failure.Message.ReplaceLineEndings("\n").Split('\n')[0], failure);
        }
        catch (TimeoutException failure)
        {
            throw new HotStoreUnavailableException("it does not answer in time", failure);
        }
    }

    private static long Number(Dictionary<string, string> info, string name) =>
        long.TryParse(info.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var value) ? value : 0;
}

/// <summary>What a Redis says of itself.</summary>
public sealed record HotStoreReport
{
    /// <summary>As the server names it.</summary>
    public string Version { get; init; } = "";

    /// <summary>How far its clock is ahead of this machine's; half a round trip is the error.</summary>
    public TimeSpan Ahead { get; init; }

    /// <summary>Memory in use.</summary>
    public long Bytes { get; init; }

    /// <summary>Memory that it may use; 0: as much as there is.</summary>
    public long BytesMax { get; init; }

    /// <summary>What goes when its memory is full, in Redis's words.</summary>
    public string Eviction { get; init; } = "";
}
