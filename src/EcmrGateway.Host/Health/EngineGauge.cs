using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EcmrGateway.Host.Health;

/// <summary>The health of each engine, as of the last round of checks, as a metric.</summary>
internal sealed class EngineGauge : IHealthCheckPublisher
{
    private volatile Measurement<int>[] _last = [];

    public EngineGauge(IMeterFactory meters) => meters.Create(Telemetry.TelemetryRegistration.Name)
        .CreateObservableGauge(
            "ecmr.host.engine_up", () => _last, "1", "Whether an engine answers: ledger, stream, hot-store.");

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        _last =
        [
            .. report.Entries.Where(check => EngineNeeds.Engines.Contains(check.Key)).Select(check =>
                new Measurement<int>(
                    check.Value.Status == HealthStatus.Unhealthy ? 0 : 1,
                    new KeyValuePair<string, object?>("engine", check.Key))),
        ];
        return Task.CompletedTask;
    }
}
