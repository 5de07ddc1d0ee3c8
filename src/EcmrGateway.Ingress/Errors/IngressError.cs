using Ecmr.Ingress.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Finding = EcmrGateway.Notes.Rules.Finding;

namespace EcmrGateway.Ingress.Errors;

/// <summary>The one place where an outcome for a submitter becomes a google.rpc.Status.</summary>
/// <remarks>Messages hold no internals and no content of a note.</remarks>
internal static class IngressError
{
    public const string Domain = "ingress.ecmr";

    /// <summary>What waits in the ledger's queue is written well within this time.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public static Google.Rpc.Status NoteRefused(IReadOnlyList<Finding> findings)
    {
        var request = new BadRequest();
        foreach (var finding in findings)
        {
            request.FieldViolations.Add(new BadRequest.Types.FieldViolation
            {
                Field = finding.Field,
                Reason = finding.Code,
                Description = finding.Message,
            });
        }

        return Of(Code.InvalidArgument, IngressErrorReason.NoteRefused,
            "The note is refused for exchange; see the field violations.", request);
    }

    public static Google.Rpc.Status RequestInvalid(string field, string message) => Of(
        Code.InvalidArgument, IngressErrorReason.RequestInvalid, "The request is not correct.",
        new BadRequest
        {
            FieldViolations =
            {
                new BadRequest.Types.FieldViolation
                {
                    Field = field, Reason = "REQUEST_INVALID", Description = message,
                },
            },
        });

    public static Google.Rpc.Status RequestIdReused() => Of(
        Code.AlreadyExists, IngressErrorReason.RequestIdReused, "The request id was used for other content.");

    public static Google.Rpc.Status NoteContentDiffers() => Of(
        Code.AlreadyExists, IngressErrorReason.NoteContentDiffers, "The note id was used for other content.");

    public static Google.Rpc.Status Overloaded() => Of(
        Code.ResourceExhausted, IngressErrorReason.Overloaded, "Too many notes are waiting.", Retry());

    public static Google.Rpc.Status LedgerUnavailable() => Of(
        Code.Unavailable, IngressErrorReason.LedgerUnavailable,
        "The ledger cannot write now; send the same request again to find out whether it was recorded.", Retry());

    public static Google.Rpc.Status NoteNotFound() => Of(
        Code.NotFound, IngressErrorReason.NoteNotFound, "The party has no such note.");

    public static Google.Rpc.Status NoteErased() => Of(
        Code.FailedPrecondition, IngressErrorReason.NoteErased, "The note of that id was erased.");

    public static Google.Rpc.Status ResumeTokenInvalid() => Of(
        Code.InvalidArgument, IngressErrorReason.ResumeTokenInvalid,
        "The resume token was not made for this party; start without one.",
        new BadRequest
        {
            FieldViolations =
            {
                new BadRequest.Types.FieldViolation { Field = "resume_token", Reason = "RESUME_TOKEN_INVALID" },
            },
        });

    /// <summary>A stream ends because the gateway stops or turns a caller away.</summary>
    public static Google.Rpc.Status Stopping() => Of(
        Code.Unavailable, IngressErrorReason.LedgerUnavailable, "The gateway is stopping; connect again.", Retry());

    private static RetryInfo Retry() => new() { RetryDelay = RetryDelay.ToDuration() };

    private static Google.Rpc.Status Of(
        Code code, IngressErrorReason reason, string message, params IReadOnlyList<IMessage> details)
    {
        var status = new Google.Rpc.Status { Code = (int)code, Message = message };
        status.Details.Add(Any.Pack(new ErrorInfo { Domain = Domain, Reason = ReasonName(reason) }));
        foreach (var detail in details)
        {
            status.Details.Add(Any.Pack(detail));
        }

        return status;
    }

    /// <summary>The name in the proto, without its prefix.</summary>
    private static string ReasonName(IngressErrorReason reason)
    {
        const string Prefix = "INGRESS_ERROR_REASON_";
        var descriptor = IngressErrorsReflection.Descriptor.EnumTypes[0].FindValueByNumber((int)reason);
        return descriptor.Name[Prefix.Length..];
    }
}
