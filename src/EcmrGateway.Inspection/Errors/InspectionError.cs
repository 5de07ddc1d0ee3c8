using Ecmr.Inspection.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace EcmrGateway.Inspection.Errors;

/// <summary>The one place where an outcome for an inspector becomes a google.rpc.Status.</summary>
/// <remarks>Messages hold no internals and no personal data.</remarks>
internal static class InspectionError
{
    public const string Domain = "inspection.ecmr";

    /// <summary>When the ledger or the hot store cannot answer, it is worth asking again after this long.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public static RpcException Invalid(params IReadOnlyList<(string Field, string Message)> violations)
    {
        var request = new BadRequest();
        foreach (var (field, message) in violations)
        {
            request.FieldViolations.Add(new BadRequest.Types.FieldViolation
            {
                Field = field,
                Description = message,
                Reason = "REQUEST_INVALID",
            });
        }

        return Of(Code.InvalidArgument, InspectionErrorReason.RequestInvalid,
            "The request is not complete or not correct.", request);
    }

    public static RpcException AreaNotFound() =>
        Of(Code.NotFound, InspectionErrorReason.AreaNotFound, "There is no such area; ListAreas tells them.");

    public static RpcException NoteNotFound() =>
        Of(Code.NotFound, InspectionErrorReason.NoteNotFound, "There is no consignment note at that position.");

    public static RpcException EntryErased() =>
        Of(Code.FailedPrecondition, InspectionErrorReason.EntryErased, "What is recorded there was erased.");

    public static RpcException PageTokenInvalid() => Of(
        Code.InvalidArgument, InspectionErrorReason.PageTokenInvalid,
        "The page token was not made for this request; start at the first page.",
        new BadRequest
        {
            FieldViolations =
            {
                new BadRequest.Types.FieldViolation { Field = "page_token", Reason = "PAGE_TOKEN_INVALID" },
            },
        });

    public static RpcException RequestIdReused() => Of(
        Code.AlreadyExists, InspectionErrorReason.RequestIdReused, "The request id was used for other content.");

    public static RpcException LedgerUnavailable() => Of(
        Code.Unavailable, InspectionErrorReason.LedgerUnavailable,
        "The ledger cannot write now; nothing was revealed.", Retry());

    public static RpcException HotStoreUnavailable() => Of(
        Code.Unavailable, InspectionErrorReason.HotStoreUnavailable, "The hot store cannot be reached now.", Retry());

    /// <summary>A watch ends because the gateway stops.</summary>
    public static RpcException Stopping() => Of(
        Code.Unavailable, InspectionErrorReason.HotStoreUnavailable,
        "The gateway is stopping; connect again.", Retry());

    public static RpcException Overloaded() => Of(
        Code.ResourceExhausted, InspectionErrorReason.Overloaded, "Too many requests are waiting.", Retry());

    private static RetryInfo Retry() => new() { RetryDelay = RetryDelay.ToDuration() };

    private static RpcException Of(
        Code code, InspectionErrorReason reason, string message, params IReadOnlyList<IMessage> details)
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(new ErrorInfo { Domain = Domain, Reason = ReasonName(reason) }));
        foreach (var detail in details)
        {
            status.Details.Add(Any.Pack(detail));
        }

        return status.ToRpcException();
    }

    /// <summary>The name in the proto, without its prefix.</summary>
    private static string ReasonName(InspectionErrorReason reason)
    {
        const string Prefix = "INSPECTION_ERROR_REASON_";
        var descriptor = InspectionErrorsReflection.Descriptor.EnumTypes[0].FindValueByNumber((int)reason);
        return descriptor.Name[Prefix.Length..];
    }
}
