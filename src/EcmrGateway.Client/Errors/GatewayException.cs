using Grpc.Core;

namespace EcmrGateway.Client.Errors;

/// <summary>A call ended without a result, and the error says why.</summary>
public sealed class GatewayException : Exception
{
    public GatewayException(GatewayError error)
        : this(error, null)
    {
    }

    public GatewayException(GatewayError error, Exception? inner)
        : base(Text(error), inner) => Error = error;

    public GatewayError Error { get; }

    internal static GatewayException From(RpcException exception) => new(GatewayError.From(exception), exception);

    private static string Text(GatewayError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Reason.Length == 0
            ? $"{error.Code}: {error.Message}"
            : $"{error.Code} {error.Reason}: {error.Message}";
    }
}
