using Grpc.Core;

namespace EcmrGateway.Ingress;

/// <summary>Who calls, from the credential alone.</summary>
internal static class Caller
{
    /// <summary>The party that the credential is bound to.</summary>
    public static string PartyOf(ServerCallContext context) =>
        context.GetHttpContext().User.FindFirst("party")?.Value ?? "";
}
