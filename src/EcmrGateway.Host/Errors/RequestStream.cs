using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace EcmrGateway.Host.Errors;

/// <summary>The requests of a stream; one that cannot be read is told to the caller as his.</summary>
/// <remarks>Here alone it is known to be his: what the gateway itself cannot read is its own failure.</remarks>
internal sealed class RequestStream<T>(IAsyncStreamReader<T> requests, string method) : IAsyncStreamReader<T>
{
    public T Current => requests.Current;

    /// <exception cref="RpcException">INVALID_ARGUMENT: the next message cannot be read.</exception>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            return await requests.MoveNext(cancellationToken);
        }
        catch (InvalidProtocolBufferException)
        {
            throw GatewayError.Of(
                Code.InvalidArgument, method, GatewayError.MessageUnreadable,
                "A message of the stream cannot be read.");
        }
    }
}
