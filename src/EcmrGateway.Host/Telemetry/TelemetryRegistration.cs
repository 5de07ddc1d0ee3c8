using System.Diagnostics.Metrics;
using EcmrGateway.Host.Roles;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EcmrGateway.Host.Telemetry;

/// <summary>Metrics for Prometheus at /metrics; traces, metrics and logs by OTLP where a collector is set.</summary>
/// <remarks>No note content: spans and metrics carry codes, counts, times and positions only; a test looks for more.
/// </remarks>
internal static class TelemetryRegistration
{
    /// <summary>Meter and activity source of the host itself.</summary>
    public const string Name = "EcmrGateway.Host";

    /// <summary>ASP.NET Core makes an activity for each request while anything of this category may be logged.
    /// </summary>
    private const string ActivityMaker = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private const int MetricsPeriodMilliseconds = 15_000;

    /// <summary>Gauges of the runtime that Prometheus' rules for names refuse (a count that is none), and nobody needs.
    /// </summary>
    private static readonly string[] Misnamed =
        ["dotnet.assembly.count", "dotnet.process.cpu.count", "dotnet.timer.count"];

    private static readonly string[] Instrumented =
    [
        Name, "EcmrGateway.Ingress", "EcmrGateway.Inspection", "EcmrGateway.Ledger", "EcmrGateway.Streaming",
        "EcmrGateway.Scoring", "EcmrGateway.HotStore",
    ];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var options = TelemetryOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<CallSpans>();
        builder.Logging.AddFilter(ActivityMaker, LogLevel.None);
        builder.Logging.Configure(logging => logging.ActivityTrackingOptions =
            ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("ecmr-gateway").AddAttributes(
                [new("ecmr.roles", builder.Configuration[GatewayRoles.Setting] ?? "all")]))
            .WithMetrics(metrics => metrics
                .AddMeter(Instrumented).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation()
                .AddView(instrument => Misnamed.Contains(instrument.Name) ? MetricStreamConfiguration.Drop : null)
                .SetExemplarFilter(ExemplarFilterType.TraceBased)
                .AddPrometheusExporter());
        if (options.Collector is { } endpoint)
        {
            builder.Services.AddSingleton(provider => new Collector(
                endpoint, provider.GetRequiredService<ILogger<Collector>>()));
            Export(telemetry, endpoint, traces: options.SampleRatio > 0);
        }
    }

    public static void MapMetrics(this WebApplication app, GatewayRoles roles)
    {
        // So that a query can tell a role that nobody plays from one that is quiet.
        Measurement<int>[] played =
            [.. roles.Names.Select(role => new Measurement<int>(1, new KeyValuePair<string, object?>("role", role)))];
        app.Services.GetRequiredService<IMeterFactory>().Create(Name)
            .CreateObservableGauge("ecmr.host.role", () => played, unit: null, "1 for each role of this process.");
        app.MapPrometheusScrapingEndpoint("/metrics");
    }

    private static void Export(OpenTelemetryBuilder telemetry, Uri collector, bool traces)
    {
        telemetry.WithMetrics(metrics => metrics.AddReader(provider => new PeriodicExportingMetricReader(
            new Collector.Metrics(provider.GetRequiredService<Collector>()), MetricsPeriodMilliseconds)));
        telemetry.WithLogging(
            logging => logging.AddOtlpExporter(otlp => Collector.Configure(otlp, collector)),
            logging => logging.IncludeFormattedMessage = true);
        if (traces)
        {
            // A root is made only for what is to be traced: a call that was drawn, or a batch with traced facts.
            telemetry.WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new AlwaysOnSampler()))
                .AddSource(Instrumented)
                .AddProcessor(provider => new BatchActivityExportProcessor(
                    new Collector.Traces(provider.GetRequiredService<Collector>()))));
        }
    }
}
