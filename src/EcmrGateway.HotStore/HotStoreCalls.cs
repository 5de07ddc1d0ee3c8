using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>Runs an operation within the timeout and turns what a retry can help into one exception.</summary>
internal sealed class HotStoreCalls(
    HotStoreConnection connection, IOptions<HotStoreOptions> options, HotStoreTelemetry telemetry, TimeProvider clock)
{
    private readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(options.Value.TimeoutMs);

    /// <summary>Answers of a server that is there but cannot serve now.</summary>
    private static readonly string[] TransientReplies =
        ["LOADING", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "READONLY", "BUSY", "OOM", "NOREPLICAS", "MISCONF",
            "NOSCRIPT"];

    /// <param name="call">Sends all its commands before it waits, so that they share one round trip.</param>
    /// <exception cref="HotStoreUnavailableException">No answer in time.</exception>
    public async Task<T> AskAsync<T>(
        string operation, Func<IConnectionMultiplexer, Task<T>> call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = clock.GetTimestamp();
        var outcome = "failed";
        try
        {
            var answer = await CallAsync().WaitAsync(_timeout, cancellation);
            outcome = "answered";
            return answer;
        }
        catch (Exception failure) when (IsTransient(failure))
        {
            outcome = "unavailable";
            throw new HotStoreUnavailableException("The hot store did not answer in time.", failure);
        }
        finally
        {
            telemetry.Asked(operation, outcome, clock.GetElapsedTime(start));
        }

        async Task<T> CallAsync() => await call(await connection.OpenedAsync());
    }

    private static bool IsTransient(Exception failure) => failure switch
    {
        RedisConnectionException or TimeoutException => true,
        RedisServerException { Message: var reply } => TransientReplies.Any(
            code => reply.StartsWith(code, StringComparison.Ordinal)),
        ObjectDisposedException => true,
        _ => false,
    };
}
