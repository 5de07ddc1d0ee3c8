using Google.Protobuf;
using Google.Rpc;
using Microsoft.AspNetCore.Http.Features;

namespace EcmrGateway.Host.Errors;

/// <summary>
/// Gives a typed error to calls that failed before a handler saw them: a message that cannot be read.
/// </summary>
/// <remarks>
/// The gRPC server reads a unary message before any interceptor runs, and answers UNKNOWN when that fails. Whatever
/// fails later comes with details from <see cref="CallInterceptor"/>, so a status without details is such a case.
/// </remarks>
internal sealed class StatusCompletion(RequestDelegate next)
{
    private const string StatusKey = "grpc-status";
    private const string MessageKey = "grpc-message";
    private const string DetailsKey = "grpc-status-details-bin";

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        if (context.Response.HasStarted || !TryComplete(context, context.Response.Headers))
        {
            TryComplete(context, trailers);
        }
    }

    /// <returns>Whether these are the fields that hold the status, and it has no details.</returns>
    private static bool TryComplete(HttpContext context, IHeaderDictionary? fields)
    {
        if (fields is not { IsReadOnly: false } || !fields.TryGetValue(StatusKey, out var code)
            || fields.ContainsKey(DetailsKey))
        {
            return false;
        }

        Complete(context, fields, code.ToString());
        return true;
    }

    private static void Complete(HttpContext context, IHeaderDictionary fields, string code)
    {
        var method = context.Request.Path.Value ?? "";
        var status = code switch
        {
            // UNKNOWN: the message could not be parsed. INTERNAL: its frame or compression could not be read.
            "2" or "13" => GatewayError.Status(
                Code.InvalidArgument, method, GatewayError.MessageUnreadable, "The message cannot be read."),
            "8" => GatewayError.Status(
                Code.ResourceExhausted, method, GatewayError.MessageUnreadable, "The message is too large."),
            _ => null,
        };
        if (status is not null)
        {
            fields[StatusKey] = status.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
            fields[MessageKey] = status.Message;
            fields[DetailsKey] = Convert.ToBase64String(status.ToByteArray());
        }
    }
}
