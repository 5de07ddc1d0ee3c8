using EcmrGateway.Streaming.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EcmrGateway.Host.Health;

/// <summary>Whether Kafka serves the topic of the facts.</summary>
internal sealed class StreamHealth(BrokerHealth brokers) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await brokers.AskAsync(cancellationToken) switch
        {
            BrokerState.Serving => HealthCheckResult.Healthy(),
            BrokerState.NoTopic => HealthCheckResult.Unhealthy("the topic is not there"),
            BrokerState.NoLeader => HealthCheckResult.Unhealthy("a partition of the topic has no leader"),
            _ => HealthCheckResult.Unhealthy("no broker answers"),
        };
}
