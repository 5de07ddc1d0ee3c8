using System.Runtime.CompilerServices;
using EcmrGateway.Client.Errors;
using Grpc.Core;

namespace EcmrGateway.Client.Watch;

/// <summary>A server stream without an end: opened again when the connection is lost.</summary>
internal static class Followed
{
    /// <param name="open">Opens the stream where it is to go on.</param>
    /// <exception cref="GatewayException">
    /// A failure that a retry does not mend, or as many in a row as the options allow.
    /// </exception>
    public static async IAsyncEnumerable<T> RunAsync<T>(
        Func<AsyncServerStreamingCall<T>> open, GatewayClientOptions options,
        [EnumeratorCancellation] CancellationToken cancellation)
        where T : class
    {
        var failures = 0;
        while (true)
        {
            using var call = open();
            GatewayError? error = null;
            while (await NextAsync(call).ConfigureAwait(false) is { } answer)
            {
                failures = 0;
                yield return answer;
            }

            error ??= GatewayError.OfClient(StatusCode.Unavailable, "The gateway ended the stream.");
            if (!error.IsTransient || ++failures >= options.AttemptsMax)
            {
                throw new GatewayException(error);
            }

            await RetryPause.WaitAsync(options, failures, error.RetryDelay, cancellation).ConfigureAwait(false);

            async Task<T?> NextAsync(AsyncServerStreamingCall<T> stream)
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
