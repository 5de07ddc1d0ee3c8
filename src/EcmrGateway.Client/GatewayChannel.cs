using EcmrGateway.Client.Tokens;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace EcmrGateway.Client;

/// <summary>The channel: keep-alive, retries of what is safe to repeat, tokens.</summary>
internal static class GatewayChannel
{
    // A note has at most 256 KiB at the gateway; a page of an inspector's list a few times that.
    private const int ReceiveBytesMax = 8 * 1024 * 1024;

    public static GrpcChannel Open(GatewayClientOptions options)
    {
        var plain = options.Address.Scheme == "http";
        return GrpcChannel.ForAddress(options.Address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(5),
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
                EnableMultipleHttp2Connections = true,
            },
            DisposeHttpClient = true,
            MaxReceiveMessageSize = ReceiveBytesMax,
            Credentials = Credentials(options.Tokens, plain),
            UnsafeUseInsecureChannelCallCredentials = plain,
            ServiceConfig = Retries(),
        });
    }

    private static ChannelCredentials Credentials(ITokenSource? tokens, bool plain)
    {
        var channel = plain ? ChannelCredentials.Insecure : ChannelCredentials.SecureSsl;
        return tokens is null
            ? channel
            : ChannelCredentials.Create(channel, CallCredentials.FromInterceptor(async (context, metadata) =>
            {
                var token = await tokens.GetAsync(context.CancellationToken).ConfigureAwait(false);
                if (token.Length > 0)
                {
                    metadata.Add("authorization", "Bearer " + token);
                }
            }));
    }

    // UNAVAILABLE alone: every call here is safe to repeat. SubmitStream has its own resumption, which knows what is
    // unanswered; a retry below it would keep a copy of every message.
    private static ServiceConfig Retries() => new()
    {
        MethodConfigs =
        {
            new MethodConfig
            {
                Names = { MethodName.Default },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = 5,
                    InitialBackoff = TimeSpan.FromMilliseconds(200),
                    MaxBackoff = TimeSpan.FromSeconds(3),
                    BackoffMultiplier = 2,
                    RetryableStatusCodes = { StatusCode.Unavailable },
                },
            },
            new MethodConfig
            {
                Names = { new MethodName { Service = "ecmr.ingress.v1.IngressService", Method = "SubmitStream" } },
            },
        },
    };
}
