using System.Diagnostics;
using System.Threading.Channels;
using Ecmr.Ingress.V1;
using EcmrGateway.Ingress.Errors;
using Grpc.Core;

namespace EcmrGateway.Ingress.Submit;

/// <summary>Takes notes from a stream and answers each, in their order.</summary>
/// <remarks>
/// One loop reads and hands to the ledger without waiting, another answers in order. Between them is a bounded queue:
/// when it is full the stream is read no further, and the transport pushes back.
/// </remarks>
internal sealed class SubmitStreamHandler(NoteSubmission submission, IngressOptions options)
{
    /// <summary>Notes of one stream that are in its trace: a stream may bring a million.</summary>
    private const int TracedMax = 128;

    private static readonly WriteOptions MoreFollows = new(WriteFlags.BufferHint);

    /// <param name="stopping">
    /// Ends the reading: what was taken is answered still, then the stream ends with UNAVAILABLE.
    /// </param>
    public async Task HandleAsync(
        string party, IAsyncStreamReader<SubmitStreamRequest> requests,
        IServerStreamWriter<SubmitStreamResponse> responses, CancellationToken stopping, CancellationToken cancellation)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stopping, failed.Token);
        var pending = Channel.CreateBounded<Task<SubmissionAnswer>>(
            new BoundedChannelOptions(options.StreamWindow) { SingleReader = true, SingleWriter = true });
        var answering = AnswerOrStopReadingAsync(pending.Reader, responses, failed, cancellation);
        var interrupted = false;
        var read = 0L;
        try
        {
            while (await requests.MoveNext(reading.Token))
            {
                if (read++ == TracedMax)
                {
                    Activity.Current = null;
                }

                var request = requests.Current;
                var answer = submission.SubmitAsync(party, request.RequestId, request.Note, cancellation);
                await pending.Writer.WriteAsync(answer, failed.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            interrupted = true;
        }
        finally
        {
            pending.Writer.TryComplete();
            await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await answering;
        if (interrupted)
        {
            throw IngressError.Stopping().ToRpcException();
        }
    }

    /// <param name="failed">
    /// Cancelled when an answer failed: who sends no more before it is answered would wait for ever.
    /// </param>
    private static async Task AnswerOrStopReadingAsync(
        ChannelReader<Task<SubmissionAnswer>> pending, IServerStreamWriter<SubmitStreamResponse> responses,
        CancellationTokenSource failed, CancellationToken cancellation)
    {
        try
        {
            await AnswerAsync(pending, responses, cancellation);
        }
        catch
        {
            await failed.CancelAsync();
            throw;
        }
    }

    private static async Task AnswerAsync(
        ChannelReader<Task<SubmissionAnswer>> pending, IServerStreamWriter<SubmitStreamResponse> responses,
        CancellationToken cancellation)
    {
        ulong sequence = 0;
        while (await pending.WaitToReadAsync(cancellation))
        {
            while (pending.TryRead(out var next))
            {
                var answer = await next;
                var response = new SubmitStreamResponse { Sequence = sequence++ };
                if (answer.Recorded is { } recorded)
                {
                    response.Recorded = recorded;
                }
                else
                {
                    response.Error = answer.Error;
                }

                // An answer is sent at once only when the next one is not there yet.
                responses.WriteOptions = pending.TryPeek(out var following) && following.IsCompleted
                    ? MoreFollows
                    : WriteOptions.Default;
                await responses.WriteAsync(response, cancellation);
            }
        }
    }
}
