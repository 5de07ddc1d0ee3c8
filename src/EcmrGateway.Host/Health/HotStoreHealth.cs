using EcmrGateway.HotStore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EcmrGateway.Host.Health;

/// <summary>Whether the hot store answers, and how far scoring is.</summary>
internal sealed class HotStoreHealth(IHotStore hotStore) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var progress = await hotStore.ProgressAsync(cancellationToken);
            return HealthCheckResult.Healthy(progress.Count == 0
                ? "scoring has not run yet"
                : $"scored {progress.Values.Sum(shard => shard.ScoredIndex + 1)} positions, "
                    + $"rebuilt {progress.Values.Min(shard => shard.RebuiltPercent)} %");
        }
        catch (HotStoreUnavailableException)
        {
            return HealthCheckResult.Unhealthy("the hot store does not answer");
        }
    }
}
