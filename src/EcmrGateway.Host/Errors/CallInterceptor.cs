using EcmrGateway.Host.Identity;
using EcmrGateway.Host.Shutdown;
using EcmrGateway.Host.Telemetry;
using EcmrGateway.Ledger;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace EcmrGateway.Host.Errors;

/// <summary>Around every call: 1 who calls, 2 may they, 3 the call, 4 what failed, as a typed error.</summary>
/// <remarks>Permission comes before everything, so that no answer tells whether a thing exists.</remarks>
internal sealed partial class CallInterceptor(Drain drain, ILogger<CallInterceptor> logger) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(request, context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => continuation(new RequestStream<TRequest>(requestStream, context.Method), context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => ToEndAsync(continuation(request, responseStream, context)));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        GuardAsync(context, () => ToEndAsync(
            continuation(new RequestStream<TRequest>(requestStream, context.Method), responseStream, context)));

    private async Task<T> GuardAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            Admit(context);
            return await call();
        }
        catch (Exception failure) when (failure is not RpcException) // The caller is answered, whatever it was.
        {
            throw Told(failure, context);
        }
    }

    private async Task<bool> ToEndAsync(Task stream)
    {
        await drain.CountAsync(stream);
        return true;
    }

    private static void Admit(ServerCallContext context)
    {
        if (Permissions.IsOpen(context.Method))
        {
            return;
        }

        var user = context.GetHttpContext().User;
        if (user.Identity?.IsAuthenticated != true)
        {
            throw GatewayError.Of(
                Code.Unauthenticated, context.Method, GatewayError.Unauthenticated,
                "The call needs a valid bearer token.");
        }

        if (!Permissions.Allows(context.Method, user.FindFirst("role")?.Value)
            || user.FindFirst("party") is not { Value: [not '~', ..] })
        {
            throw GatewayError.Of(
                Code.PermissionDenied, context.Method, GatewayError.NotPermitted,
                "The credential does not allow this call.");
        }
    }

    private RpcException Told(Exception failure, ServerCallContext context)
    {
        switch (failure)
        {
            case OperationCanceledException when context.CancellationToken.IsCancellationRequested:
                return new RpcException(new Grpc.Core.Status(StatusCode.Cancelled, "The call was cancelled."));
            case IOException when context.CancellationToken.IsCancellationRequested:
                return new RpcException(new Grpc.Core.Status(StatusCode.Cancelled, "The connection was lost."));
            case LedgerUnavailableException:
                return GatewayError.Unavailable(context.Method);
            default:
                var trace = CallTrace.IdOf(context.GetHttpContext());
                LogFailed(context.Method, failure.GetType().Name, trace, failure.StackTrace ?? "");
                return GatewayError.Of(
                    Code.Internal, context.Method, GatewayError.Internal, $"The gateway failed; trace id {trace}.");
        }
    }

    // Without the exception's message, which may quote content of a note.
    [LoggerMessage(5001, LogLevel.Error, "{Method} failed with {Failure}; trace id {Trace}.\n{Stack}")]
    private partial void LogFailed(string method, string failure, string trace, string stack);
}
