using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace EcmrGateway.Host.Telemetry;

/// <summary>The OTLP collector: what it does not take is dropped, which is said once, and once when it is back.
/// </summary>
/// <remarks>
/// Exporting has threads of its own behind a queue of 2,048 spans, so that a collector that is away or slow holds up
/// nothing. The exporter itself tells of failures to nobody who listens to logs.
/// </remarks>
internal sealed partial class Collector(Uri endpoint, ILogger<Collector> logger)
{
    /// <summary>Longest wait for an answer, also at the stop of the process.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private int _isAway;

    public static void Configure(OtlpExporterOptions options, Uri endpoint)
    {
        options.Endpoint = endpoint;
        options.TimeoutMilliseconds = (int)Timeout.TotalMilliseconds;
    }

    private OtlpExporterOptions Options()
    {
        var options = new OtlpExporterOptions();
        Configure(options, endpoint);
        return options;
    }

    private ExportResult Told(ExportResult result)
    {
        var isAway = result == ExportResult.Success ? 0 : 1;
        if (Interlocked.Exchange(ref _isAway, isAway) != isAway)
        {
            // Without what an address may hold beside host and port.
            var address = $"{endpoint.Scheme}://{endpoint.Authority}";
            if (isAway == 1)
            {
                LogAway(address);
            }
            else
            {
                LogBack(address);
            }
        }

        return result;
    }

    [LoggerMessage(
        5020, LogLevel.Warning,
        "The collector of Telemetry:OtlpEndpoint ({Address}) does not answer; what it does not take is dropped.")]
    private partial void LogAway(string address);

    [LoggerMessage(5021, LogLevel.Information, "The collector of Telemetry:OtlpEndpoint ({Address}) answers again.")]
    private partial void LogBack(string address);

    public sealed class Traces(Collector collector) : OtlpTraceExporter(collector.Options())
    {
        public override ExportResult Export(in Batch<System.Diagnostics.Activity> activityBatch) =>
            collector.Told(base.Export(activityBatch));
    }

    public sealed class Metrics(Collector collector) : OtlpMetricExporter(collector.Options())
    {
        public override ExportResult Export(in Batch<Metric> metrics) => collector.Told(base.Export(metrics));
    }
}
