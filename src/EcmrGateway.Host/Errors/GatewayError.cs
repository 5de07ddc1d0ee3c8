using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace EcmrGateway.Host.Errors;

/// <summary>Errors that hold for every service: who calls, what cannot be read, what failed.</summary>
internal static class GatewayError
{
    public const string NotPermitted = "NOT_PERMITTED";
    public const string Unauthenticated = "UNAUTHENTICATED";
    public const string MessageUnreadable = "MESSAGE_UNREADABLE";
    public const string Internal = "INTERNAL";
    public const string LedgerUnavailable = "LEDGER_UNAVAILABLE";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public static RpcException Of(Code code, string method, string reason, string message) =>
        Status(code, method, reason, message).ToRpcException();

    /// <summary>The ledger cannot be read now; the reason is the one of appends that it cannot take.</summary>
    public static RpcException Unavailable(string method)
    {
        var status = Status(
            Code.Unavailable, method, LedgerUnavailable, "The ledger cannot be read now. Try again.");
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(RetryDelay) }));
        return status.ToRpcException();
    }

    public static Google.Rpc.Status Status(Code code, string method, string reason, string message)
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(new ErrorInfo { Domain = DomainOf(method), Reason = reason }));
        return status;
    }

    /// <summary>"/ecmr.ingress.v1.IngressService/Submit" is of the domain "ingress.ecmr".</summary>
    private static string DomainOf(string method)
    {
        var parts = method.TrimStart('/').Split('.', 3);
        return parts is ["ecmr", var area, _] ? $"{area}.ecmr" : "gateway.ecmr";
    }
}
