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
        ["LOADING", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "READONLY", "BUSY", "OOM", "NOREPLICAS", "MISCONF"];

    /// <param name="call">
    /// Sends all its commands before it waits, so that they share one round trip. One that waits in between stops at
    /// its token, so that what has timed out writes nothing later.
    /// </param>
    /// <exception cref="HotStoreUnavailableException">No answer in time.</exception>
    public async Task<T> AskAsync<T>(
        string operation, Func<IConnectionMultiplexer, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_timeout);
        var start = clock.GetTimestamp();
        var outcome = "failed";
        try
        {
            var answer = await call(connection.Connection, limit.Token).WaitAsync(limit.Token);
            outcome = "answered";
            return answer;
        }
        catch (Exception failure) when (IsTransient(failure) && !cancellation.IsCancellationRequested)
        {
            outcome = "unavailable";
            throw new HotStoreUnavailableException("The hot store did not answer in time.", failure);
        }
        finally
        {
            telemetry.Asked(operation, outcome, clock.GetElapsedTime(start));
        }
    }

    private static bool IsTransient(Exception failure) => failure switch
    {
        RedisConnectionException or TimeoutException or OperationCanceledException => true,
        RedisServerException { Message: var reply } => TransientReplies.Any(
            code => reply.StartsWith(code, StringComparison.Ordinal)),
        ObjectDisposedException => true,
        _ => false,
    };
}
