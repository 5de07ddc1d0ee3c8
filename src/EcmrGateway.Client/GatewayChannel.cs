using EcmrGateway.Client.Tokens;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EcmrGateway.Client;

/// <summary>The channel: keep-alive, retries of what is safe to repeat, tokens; calls spread over copies.</summary>
internal static class GatewayChannel
{
    // A note has at most 256 KiB at the gateway; a page of an inspector's list a few times that.
    private const int ReceiveBytesMax = 8 * 1024 * 1024;

    /// <summary>
    /// Attempts of one call: some six seconds of them, in which a copy that is replaced is back or passed over. A
    /// copy on its way out is still picked while its last streams end, and refuses new connections already.
    /// </summary>
    private const int AttemptsMax = 8;

    /// <summary>Name of the host for TLS and in calls, where it is not that of the channel's address.</summary>
    private static readonly BalancerAttributesKey<string> HostName = new("HostOverride");

    public static GrpcChannel Open(GatewayClientOptions options)
    {
        var channel = Options(options);
        if (options.MoreAddresses.Count == 0)
        {
            return GrpcChannel.ForAddress(options.Address, channel);
        }

        // Each copy has a connection of its own, and one that is gone is passed over.
        var copies = new StaticResolverFactory(
            _ => ((IEnumerable<Uri>)[options.Address, .. options.MoreAddresses]).Select(Copy));
        channel.ServiceProvider = new ServiceCollection().AddSingleton<ResolverFactory>(copies).BuildServiceProvider();
        channel.ServiceConfig!.LoadBalancingConfigs.Add(new RoundRobinConfig());
        return GrpcChannel.ForAddress("static:///gateway", channel);
    }

    private static BalancerAddress Copy(Uri address)
    {
        var copy = new BalancerAddress(address.Host, address.Port);
        copy.Attributes.Set(HostName, address.Host);
        return copy;
    }

    private static GrpcChannelOptions Options(GatewayClientOptions options)
    {
        var plain = options.Address.Scheme == "http";
        return new()
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
            MaxRetryAttempts = AttemptsMax,
            Credentials = Credentials(options.Tokens, plain),
            UnsafeUseInsecureChannelCallCredentials = plain,
            ServiceConfig = Retries(),
        };
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
                    MaxAttempts = AttemptsMax,
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
