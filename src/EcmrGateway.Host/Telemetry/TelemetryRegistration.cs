using EcmrGateway.Host.Roles;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EcmrGateway.Host.Telemetry;

/// <summary>Metrics for Prometheus at /metrics; traces and metrics by OTLP where a collector is set.</summary>
/// <remarks>No note content: spans and metrics carry codes, counts, times and positions only; a test looks for more.
/// </remarks>
internal static class TelemetryRegistration
{
    /// <summary>Meter of the host itself.</summary>
    public const string Name = "EcmrGateway.Host";

    private static readonly string[] Instrumented =
    [
        Name, "EcmrGateway.Ingress", "EcmrGateway.Inspection", "EcmrGateway.Ledger", "EcmrGateway.Streaming",
        "EcmrGateway.Scoring", "EcmrGateway.HotStore",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new();
        var collector = Collector(options);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("ecmr-gateway").AddAttributes(
                [new("ecmr.roles", builder.Configuration[GatewayRoles.Setting] ?? "all")]))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Instrumented).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation()
                    .AddPrometheusExporter();
                if (collector is not null)
                {
                    metrics.AddOtlpExporter(otlp => otlp.Endpoint = collector);
                }
            });
        if (collector is not null)
        {
            telemetry.WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceRatio)))
                .AddSource(Instrumented)
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter(otlp => otlp.Endpoint = collector));
        }
    }

    public static void MapMetrics(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics");

    private static Uri? Collector(TelemetryOptions options)
    {
        if (options.OtlpEndpoint.Length == 0)
        {
            return null;
        }

        return Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var endpoint)
            ? endpoint
            : throw new SettingException("Telemetry:OtlpEndpoint is not an address, as http://127.0.0.1:4317.");
    }
}
