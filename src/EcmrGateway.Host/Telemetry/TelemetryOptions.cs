namespace EcmrGateway.Host.Telemetry;

/// <summary>Section "Telemetry".</summary>
public sealed record TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Address of an OTLP collector (gRPC), as "http://127.0.0.1:4317". Empty: nothing is exported.</summary>
    public string OtlpEndpoint { get; init; } = "";

    /// <summary>
    /// Share of traces that are recorded when a collector is set, 0 to 1; decided at the start of a trace.
    /// </summary>
    public double TraceRatio { get; init; } = 1.0;
}
