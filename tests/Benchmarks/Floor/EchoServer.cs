using System.Net;
using Ecmr.Benchmarks;
using Ecmr.Ingress.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EcmrGateway.Benchmarks.Floor;

/// <summary>The no-op gRPC server, in a process of its own like the gateway.</summary>
internal static class EchoServer
{
    public static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(
            IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.RunAsync();
    }

    internal sealed class Service : EchoService.EchoServiceBase
    {
        public override Task<SubmitRequest> Echo(SubmitRequest request, ServerCallContext context) =>
            Task.FromResult(request);

        public override async Task EchoStream(
            IAsyncStreamReader<SubmitStreamRequest> requestStream,
            IServerStreamWriter<SubmitStreamRequest> responseStream, ServerCallContext context)
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                await responseStream.WriteAsync(requestStream.Current, context.CancellationToken);
            }
        }
    }
}
