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
            return HealthCheckResult.Healthy(progress is null
                ? "scoring has not run yet"
                : $"scored to {progress.ScoredPosition}, rebuilt {progress.RebuiltPercent} %");
        }
        catch (HotStoreUnavailableException)
        {
            return HealthCheckResult.Unhealthy("the hot store does not answer");
        }
    }
}
