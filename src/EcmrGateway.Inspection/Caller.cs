using Grpc.Core;

namespace EcmrGateway.Inspection;

/// <summary>Who calls, from the credential alone.</summary>
/// <param name="Party">The authority that the credential is bound to.</param>
/// <param name="Subject">The credential's subject: an opaque id, never a name.</param>
internal readonly record struct Caller(string Party, string Subject)
{
    public static Caller Of(ServerCallContext context)
    {
        var user = context.GetHttpContext().User;
        return new(user.FindFirst("party")?.Value ?? "", user.FindFirst("sub")?.Value ?? "");
    }
}
