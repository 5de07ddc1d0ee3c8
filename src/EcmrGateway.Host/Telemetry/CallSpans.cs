using System.Diagnostics;

namespace EcmrGateway.Host.Telemetry;

/// <summary>Spans of calls to the gateway's services, whether gRPC or JSON.</summary>
/// <remarks>
/// Head sampling: whether a call is traced is decided before an <see cref="Activity"/> is made, so that one that is not
/// costs a look at its headers. ASP.NET Core and the SDK's samplers decide after it, which made each call dearer even
/// when hardly any was kept; so ASP.NET Core makes none here (see <see cref="TelemetryRegistration"/>).
/// </remarks>
internal sealed class CallSpans(TelemetryOptions options) : IDisposable
{
    /// <summary>Our own services; probes and reflection are no calls that anybody follows.</summary>
    private const string Ours = "/ecmr.";

    private readonly ActivitySource _source = new(TelemetryRegistration.Name);

    /// <param name="method">Full name, as "/ecmr.ingress.v1.IngressService/Submit"; null: no method.</param>
    /// <returns>Null: the call is not traced.</returns>
    public Activity? Begin(HttpContext call, string? method)
    {
        if (options.SampleRatio == 0 || !_source.HasListeners()
            || method?.StartsWith(Ours, StringComparison.Ordinal) != true)
        {
            return null;
        }

        var parent = CallTrace.ParentOf(call);
        var traced = parent == default
            ? Random.Shared.NextDouble() < options.SampleRatio
            : parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        if (!traced)
        {
            return null;
        }

        var name = method[1..];
        return _source.StartActivity(
            name, ActivityKind.Server, parent, [new("rpc.system.name", "grpc"), new("rpc.method", name)]);
    }

    public void Dispose() => _source.Dispose();
}
