using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace EcmrGateway.Host.Telemetry;

/// <summary>
/// Rate, errors and duration of gRPC calls, as OpenTelemetry names them, and the span of a call; for a stream, its
/// whole life.
/// </summary>
/// <remarks>JSON calls are in the metrics of HTTP. Around everything else, so that it sees what was answered.</remarks>
internal sealed class RpcMetrics
{
    /// <summary>Statuses that are the server's fault, by the conventions for gRPC.</summary>
    private static readonly HashSet<StatusCode> Failures =
    [
        StatusCode.Unknown, StatusCode.DeadlineExceeded, StatusCode.Unimplemented, StatusCode.Internal,
        StatusCode.Unavailable, StatusCode.DataLoss,
    ];

    private readonly RequestDelegate _next;
    private readonly CallSpans _spans;
    private readonly TimeProvider _time;
    private readonly Histogram<double> _duration;

    public RpcMetrics(RequestDelegate next, IMeterFactory meters, CallSpans spans, TimeProvider time)
    {
        (_next, _spans, _time) = (next, spans, time);
        _duration = meters.Create(TelemetryRegistration.Name).CreateHistogram(
            "rpc.server.call.duration", "s", "Time of a gRPC call, by method and status.",
            advice: new InstrumentAdvice<double>
            {
                // The conventions' own, and two more below them: most calls take less than 5 ms.
                HistogramBucketBoundaries =
                    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
            });
    }

    public async Task InvokeAsync(HttpContext context)
    {
        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName;
        using var span = _spans.Begin(context, method);
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            await _next(context);
            span?.SetTag("http.response.status_code", context.Response.StatusCode);
            return;
        }

        var start = _time.GetTimestamp();
        try
        {
            await _next(context);
        }
        finally
        {
            Record(method?[1..] ?? "_OTHER", StatusOf(context), _time.GetElapsedTime(start), span);
        }
    }

    private void Record(string method, StatusCode status, TimeSpan duration, Activity? span)
    {
        var code = NameOf(status);
        var tags = new TagList
        {
            { "rpc.system.name", "grpc" },
            { "rpc.method", method },
            { "rpc.response.status_code", code },
        };
        span?.SetTag("rpc.response.status_code", code);
        if (Failures.Contains(status))
        {
            tags.Add("error.type", code);
            span?.SetTag("error.type", code).SetStatus(ActivityStatusCode.Error);
        }

        _duration.Record(duration.TotalSeconds, tags);
    }

    private static StatusCode StatusOf(HttpContext context)
    {
        const string Field = "grpc-status";
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        var text = context.Response.Headers.TryGetValue(Field, out var header) ? header.ToString()
            : trailers is not null && trailers.TryGetValue(Field, out var trailer) ? trailer.ToString()
            : "";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && Enum.IsDefined((StatusCode)code)
            ? (StatusCode)code
            : context.RequestAborted.IsCancellationRequested ? StatusCode.Cancelled : StatusCode.Unknown;
    }

    /// <summary>"ResourceExhausted" is RESOURCE_EXHAUSTED on the wire and in every other language.</summary>
    private static string NameOf(StatusCode code) => code switch
    {
        StatusCode.OK => "OK",
        StatusCode.InvalidArgument => "INVALID_ARGUMENT",
        StatusCode.DeadlineExceeded => "DEADLINE_EXCEEDED",
        StatusCode.NotFound => "NOT_FOUND",
        StatusCode.AlreadyExists => "ALREADY_EXISTS",
        StatusCode.PermissionDenied => "PERMISSION_DENIED",
        StatusCode.ResourceExhausted => "RESOURCE_EXHAUSTED",
        StatusCode.FailedPrecondition => "FAILED_PRECONDITION",
        StatusCode.OutOfRange => "OUT_OF_RANGE",
        StatusCode.DataLoss => "DATA_LOSS",
        _ => code.ToString().ToUpperInvariant(),
    };
}
