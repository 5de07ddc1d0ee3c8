using EcmrGateway.Host.Roles;

namespace EcmrGateway.Host.Telemetry;

/// <summary>Section "Telemetry".</summary>
public sealed record TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>
    /// Address of an OTLP collector (gRPC), as "http://127.0.0.1:4317". Empty: nothing is exported, and no call is
    /// traced.
    /// </summary>
    public string OtlpEndpoint { get; init; } = "";

    /// <summary>
    /// Share of calls that are traced when a collector is set, 0 to 1. A call whose caller has decided (traceparent) is
    /// traced as that says, unless it is 0: then none is.
    /// </summary>
    public double SampleRatio { get; init; } = 0.1;

    /// <summary>Null: none is set.</summary>
    internal Uri? Collector => OtlpEndpoint.Length > 0 ? new(OtlpEndpoint) : null;

    /// <exception cref="SettingException">A setting cannot be used.</exception>
    internal static TelemetryOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<TelemetryOptions>() ?? new();
        if (options.OtlpEndpoint.Length > 0
            && (!Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var endpoint)
                || endpoint.Scheme is not ("http" or "https")))
        {
            throw new SettingException("Telemetry:OtlpEndpoint is not an address, as http://127.0.0.1:4317.");
        }

        return options.SampleRatio is >= 0 and <= 1
            ? options
            : throw new SettingException("Telemetry:SampleRatio is not between 0 and 1.");
    }
}
