using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EcmrGateway.Host;

/// <summary>Limits of connections and requests; past them a caller is turned away, never kept waiting.</summary>
internal static class ConnectionLimits
{
    private const int ConnectionsMax = 4_096;

    /// <summary>Calls at one time on one connection.</summary>
    private const int StreamsPerConnectionMax = 1_024;

    /// <summary>
    /// Window of a stream and of a connection: enough for a submit stream with its answers on the way.
    /// </summary>
    private const int StreamWindowBytes = 1024 * 1024;

    private const int ConnectionWindowBytes = 4 * 1024 * 1024;

    /// <summary>Largest request body that is not gRPC, bytes; there each message has a limit of its own.</summary>
    private const long JsonBodyBytesMax = 2 * 1024 * 1024;

    private static readonly TimeSpan KeepAlivePingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan KeepAlivePingTimeout = TimeSpan.FromSeconds(20);

    public static void Apply(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxConcurrentConnections = ConnectionsMax;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnectionMax;
        limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
        limits.Http2.InitialConnectionWindowSize = ConnectionWindowBytes;
        limits.Http2.KeepAlivePingDelay = KeepAlivePingDelay;
        limits.Http2.KeepAlivePingTimeout = KeepAlivePingTimeout;
        limits.MaxRequestBodySize = JsonBodyBytesMax;
    }

    /// <summary>A submit stream lives for days, so its body has no total limit; each message in it has.</summary>
    public static void LiftBodyLimitOfGrpc(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit
            && context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true)
        {
            limit.MaxRequestBodySize = null;
        }

        return next(context);
    });
}
