using System.Text.RegularExpressions;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace EcmrGateway.Client.Errors;

/// <summary>One thing that is wrong with a request, at a field.</summary>
/// <param name="Code">Code of the rule, as "CMR-010"; empty where the violation is not a rule's.</param>
/// <param name="Field">Path in the request, as "note.items[2].package_type".</param>
public sealed record FieldProblem(string Code, string Field, string Description);

/// <summary>What the gateway answered instead of a result.</summary>
/// <param name="Code">gRPC status.</param>
/// <param name="Reason">
/// ErrorInfo reason, as "NOTE_REFUSED"; empty when the answer does not come from the gateway.
/// </param>
/// <param name="Domain">ErrorInfo domain, as "ingress.ecmr".</param>
/// <param name="RetryDelay">Set where the same request can help after that time.</param>
public sealed partial record GatewayError(
    StatusCode Code,
    string Reason,
    string Domain,
    string Message,
    IReadOnlyList<FieldProblem> Problems,
    TimeSpan? RetryDelay)
{
    /// <summary>Whether the same request can succeed later.</summary>
    public bool IsTransient =>
        Code is StatusCode.Unavailable || (Code is StatusCode.ResourceExhausted && RetryDelay is not null);

    public static GatewayError From(RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);

        // The token source failed before the call was made.
        if (exception.Status.DebugException is GatewayException own)
        {
            return own.Error;
        }

        return exception.GetRpcStatus() is { } status
            ? From(status)
            : new(CodeOf(exception.Status), "", "", exception.Status.Detail, [], null);
    }

    /// <summary>
    /// What broke under the call is no answer of the gateway, whatever the code that the transport gives it: the same
    /// call can succeed on another connection.
    /// </summary>
    private static StatusCode CodeOf(Grpc.Core.Status status) =>
        status.DebugException is HttpRequestException or IOException ? StatusCode.Unavailable : status.StatusCode;

    /// <summary>An error that the client found itself.</summary>
    internal static GatewayError OfClient(StatusCode code, string message) => new(code, "", "", message, [], null);

    public static GatewayError From(RpcStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var info = status.GetDetail<ErrorInfo>();
        var violations = status.GetDetail<BadRequest>()?.FieldViolations ?? [];
        return new(
            (StatusCode)status.Code,
            info?.Reason ?? "",
            info?.Domain ?? "",
            status.Message,
            [.. violations.Select(Problem)],
            status.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan());
    }

    private static FieldProblem Problem(BadRequest.Types.FieldViolation violation)
    {
        // The rule's code is the reason; gateways before that field carry it at the start of the description.
        var leading = RuleCode().Match(violation.Description);
        var code = violation.Reason.Length > 0 ? violation.Reason : leading.Value;
        var description = leading.Success && leading.Value == code
            ? violation.Description[leading.Length..].TrimStart(':', ' ')
            : violation.Description;
        return new(code, violation.Field, description);
    }

    [GeneratedRegex("^[A-Z]{3}-[0-9]{3}")]
    private static partial Regex RuleCode();
}
