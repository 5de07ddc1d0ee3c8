using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EcmrGateway.Host.Shutdown;

/// <summary>Whether this process is about to go. Every health but "live" says so from that moment on.</summary>
internal sealed class Drain(HealthServiceImpl watched) : IHealthCheck
{
    private int _begun;
    private int _streams;

    /// <summary>Streams that are open now.</summary>
    public int Streams => Volatile.Read(ref _streams);

    public bool HasBegun => Volatile.Read(ref _begun) != 0;

    /// <returns>False: it had begun before.</returns>
    public bool Begin(IEnumerable<string> services)
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            return false;
        }

        // Who asks is told by the check. Who watches would hear of it with the next round of checks only.
        foreach (var service in services)
        {
            watched.SetStatus(service, HealthCheckResponse.Types.ServingStatus.NotServing);
        }

        return true;
    }

    /// <summary>Counts a stream for as long as it is open.</summary>
    public async Task CountAsync(Task stream)
    {
        Interlocked.Increment(ref _streams);
        try
        {
            await stream;
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HasBegun
            ? HealthCheckResult.Unhealthy("the gateway is stopping")
            : HealthCheckResult.Healthy());
}
