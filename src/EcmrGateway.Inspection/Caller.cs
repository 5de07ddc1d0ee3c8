using System.Diagnostics;
using Grpc.Core;

namespace EcmrGateway.Inspection;

/// <summary>Who calls, from the credential alone.</summary>
/// <param name="Party">The authority that the credential is bound to.</param>
/// <param name="Subject">The credential's subject: an opaque id, never a name.</param>
/// <param name="Trace">W3C id of the call's trace; empty: it is not traced, and the caller names none.</param>
internal readonly record struct Caller(string Party, string Subject, string Trace)
{
    public static Caller Of(ServerCallContext context)
    {
        var user = context.GetHttpContext().User;
        return new(
            user.FindFirst("party")?.Value ?? "", user.FindFirst("sub")?.Value ?? "", TraceOf(context));
    }

    /// <summary>A call that is not sampled has a trace all the same, when its caller began one.</summary>
    private static string TraceOf(ServerCallContext context)
    {
        if (Activity.Current is { } span)
        {
            return span.TraceId.ToString();
        }

        return ActivityContext.TryParse(context.RequestHeaders.GetValue("traceparent"), traceState: null, out var trace)
            ? trace.TraceId.ToString()
            : "";
    }
}
