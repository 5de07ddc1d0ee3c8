using EcmrGateway.Ledger;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EcmrGateway.Host.Health;

/// <summary>Whether the ledger can take in entries.</summary>
internal sealed class LedgerHealth(INoteLedger ledger) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(ledger.IsWritable
            ? HealthCheckResult.Healthy($"head {ledger.Head}")
            : HealthCheckResult.Unhealthy("the last write failed"));
}
