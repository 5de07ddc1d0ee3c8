using System.Runtime.CompilerServices;
using Ecmr.Ingress.V1;
using EcmrGateway.Client.Errors;
using Grpc.Core;

namespace EcmrGateway.Client.Watch;

/// <summary>Follows the notes of a party and goes on at the last token after a lost connection.</summary>
internal static class NoteWatch
{
    public static async IAsyncEnumerable<WatchConsignmentNotesResponse> RunAsync(
        IngressService.IngressServiceClient ingress, GatewayClientOptions options, string? resumeToken,
        bool includeNotes,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var token = resumeToken ?? "";
        var failures = 0;
        while (true)
        {
            var request = new WatchConsignmentNotesRequest { ResumeToken = token, IncludeNote = includeNotes };
            using var call = ingress.WatchConsignmentNotes(request, cancellationToken: cancellation);
            GatewayError? error = null;
            while (await NextAsync(call).ConfigureAwait(false) is { } answer)
            {
                failures = 0;
                token = answer.ResumeToken;
                yield return answer;
            }

            error ??= GatewayError.OfClient(StatusCode.Unavailable, "The gateway ended the stream.");
            if (!error.IsTransient || ++failures >= options.AttemptsMax)
            {
                throw new GatewayException(error);
            }

            await RetryPause.WaitAsync(options, failures, error.RetryDelay, cancellation).ConfigureAwait(false);

            async Task<WatchConsignmentNotesResponse?> NextAsync(
                AsyncServerStreamingCall<WatchConsignmentNotesResponse> stream)
            {
                try
                {
                    return await stream.ResponseStream.MoveNext(cancellation).ConfigureAwait(false)
                        ? stream.ResponseStream.Current
                        : null;
                }
                catch (RpcException exception)
                {
                    cancellation.ThrowIfCancellationRequested();
                    error = GatewayError.From(exception);
                    return null;
                }
            }
        }
    }
}
