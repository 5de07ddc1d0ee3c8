using System.Diagnostics;

namespace EcmrGateway.Host.Telemetry;

/// <summary>What the caller says of its trace, by W3C trace context.</summary>
internal static class CallTrace
{
    /// <returns>Default: the call names no trace.</returns>
    public static ActivityContext ParentOf(HttpContext call)
    {
        var headers = call.Request.Headers;
        return ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var parent)
            ? parent
            : default;
    }

    /// <summary>Id under which the call can be found again in logs: of its trace, or of its connection and number.
    /// </summary>
    public static string IdOf(HttpContext call) =>
        Activity.Current?.TraceId.ToString()
        ?? (ParentOf(call) is { TraceId: var trace } parent && parent != default
            ? trace.ToString()
            : call.TraceIdentifier);
}
