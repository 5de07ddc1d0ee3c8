using System.Runtime.CompilerServices;
using Ecmr.Ingress.V1;

namespace EcmrGateway.Client.Watch;

/// <summary>Follows the notes of a party and goes on at the last token after a lost connection.</summary>
internal static class NoteWatch
{
    public static async IAsyncEnumerable<WatchConsignmentNotesResponse> RunAsync(
        IngressService.IngressServiceClient ingress, GatewayClientOptions options, string? resumeToken,
        bool includeNotes,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new WatchConsignmentNotesRequest { ResumeToken = resumeToken ?? "", IncludeNote = includeNotes };
        await foreach (var answer in Followed.RunAsync(
            () => ingress.WatchConsignmentNotes(request, cancellationToken: cancellation), options, cancellation)
            .ConfigureAwait(false))
        {
            request.ResumeToken = answer.ResumeToken;
            yield return answer;
        }
    }
}
