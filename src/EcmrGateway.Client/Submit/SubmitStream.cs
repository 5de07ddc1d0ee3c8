using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ecmr.Ingress.V1;
using Ecmr.Note.V1;
using EcmrGateway.Client.Errors;
using Grpc.Core;

namespace EcmrGateway.Client.Submit;

/// <summary>
/// Many notes over SubmitStream: answers in order, a bounded window, resumption after a lost connection.
/// </summary>
/// <remarks>
/// 1. A feeder reads the caller's notes into a bounded channel.
/// 2. A writer takes a place in the window for each note and sends it; after a reconnect it first sends the unanswered
///    ones again, which is safe because the same note gives the first receipt.
/// 3. The reader matches answers to notes by their order, hands a note that met a full queue in again after the delay
///    the gateway asked for, and gives the place in the window back before the caller takes the answer.
/// </remarks>
internal sealed class SubmitStream(
    IngressService.IngressServiceClient ingress,
    Func<ConsignmentNote, string?, CancellationToken, Task<SubmitAnswer>> submit,
    GatewayClientOptions options) : IDisposable
{
    private readonly ConcurrentQueue<ConsignmentNote> _unanswered = new();
    private readonly SemaphoreSlim _window = new(options.StreamWindow);
    private readonly Channel<ConsignmentNote> _waiting = Channel.CreateBounded<ConsignmentNote>(
        new BoundedChannelOptions(options.StreamWindow) { SingleReader = true, SingleWriter = true });

    /// <summary>Notes handed in again in vain, one after the other, since something was recorded.</summary>
    private int _failures;

    /// <summary>
    /// Whether the note handed in again last got through. The answers that wait behind it are older: their notes need
    /// no pause of their own.
    /// </summary>
    private bool _isBack;

    public async IAsyncEnumerable<SubmitAnswer> RunAsync(
        IAsyncEnumerable<ConsignmentNote> notes, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var feeder = FeedAsync(notes, stop.Token);
        try
        {
            var failures = 0;
            while (true)
            {
                using var connection = new Connection(ingress, stop.Token);
                connection.Start(WriteAsync);
                while (await connection.NextAsync(cancellation).ConfigureAwait(false) is { } answer)
                {
                    failures = 0;
                    var settled = await SettleAsync(answer, cancellation).ConfigureAwait(false);
                    _window.Release();
                    yield return settled;
                }

                var error = await connection.EndAsync().ConfigureAwait(false);
                if (error is null && _unanswered.IsEmpty && _waiting.Reader.Completion.IsCompleted)
                {
                    // Throws what reading the caller's notes threw.
                    await _waiting.Reader.Completion.ConfigureAwait(false);
                    yield break;
                }

                error ??= GatewayError.OfClient(StatusCode.Unavailable, "The gateway ended the stream early.");
                if (!error.IsTransient || ++failures >= options.AttemptsMax)
                {
                    throw new GatewayException(error);
                }

                await RetryPause.WaitAsync(options, failures, error.RetryDelay, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await feeder.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Dispose();
        }
    }

    public void Dispose() => _window.Dispose();

    private async Task FeedAsync(IAsyncEnumerable<ConsignmentNote> notes, CancellationToken cancellation)
    {
        try
        {
            await foreach (var note in notes.WithCancellation(cancellation).ConfigureAwait(false))
            {
                await _waiting.Writer.WriteAsync(note, cancellation).ConfigureAwait(false);
            }

            _waiting.Writer.Complete();
        }
        catch (Exception exception)
        {
            // The caller's own exception, or the cancellation: whoever waits for answers would wait for ever.
            _waiting.Writer.Complete(exception);
        }
    }

    private async Task WriteAsync(IClientStreamWriter<SubmitStreamRequest> stream, CancellationToken cancellation)
    {
        foreach (var note in _unanswered.ToArray())
        {
            await stream.WriteAsync(new SubmitStreamRequest { Note = note }, cancellation).ConfigureAwait(false);
        }

        while (await _waiting.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
        {
            await _window.WaitAsync(cancellation).ConfigureAwait(false);

            // This is the only reader of the channel, so what was there is there still.
            _waiting.Reader.TryRead(out var note);
            _unanswered.Enqueue(note!);
            await stream.WriteAsync(new SubmitStreamRequest { Note = note }, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<SubmitAnswer> SettleAsync(SubmitStreamResponse response, CancellationToken cancellation)
    {
        if (!_unanswered.TryDequeue(out var note))
        {
            throw new GatewayException(
                GatewayError.OfClient(StatusCode.Internal, "The gateway sent more answers than notes."));
        }

        if (response.OutcomeCase == SubmitStreamResponse.OutcomeOneofCase.Recorded)
        {
            _failures = 0;
            return new(note, response.Recorded, null);
        }

        var answer = new SubmitAnswer(note, null, GatewayError.From(response.Error ?? new Google.Rpc.Status()));
        while (answer.Error is { IsTransient: true } error && _failures < options.AttemptsMax - 1)
        {
            if (!_isBack)
            {
                await RetryPause.WaitAsync(options, _failures + 1, error.RetryDelay, cancellation)
                    .ConfigureAwait(false);
            }

            answer = await submit(note, null, cancellation).ConfigureAwait(false);
            _isBack = answer.Error is not { IsTransient: true };
            _failures = _isBack ? 0 : _failures + 1;
        }

        return answer;
    }

    /// <summary>One call of SubmitStream with its writer.</summary>
    private sealed class Connection : IDisposable
    {
        private readonly CancellationTokenSource _stop;
        private readonly AsyncDuplexStreamingCall<SubmitStreamRequest, SubmitStreamResponse> _call;
        private Task _writer = Task.CompletedTask;
        private GatewayError? _error;
        private ulong _answers;

        public Connection(IngressService.IngressServiceClient ingress, CancellationToken cancellation)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            _call = ingress.SubmitStream(cancellationToken: _stop.Token);
        }

        public void Start(Func<IClientStreamWriter<SubmitStreamRequest>, CancellationToken, Task> write) =>
            _writer = Task.Run(async () =>
            {
                try
                {
                    await write(_call.RequestStream, _stop.Token).ConfigureAwait(false);
                }
                finally
                {
                    // Also when reading the notes failed: what was sent is answered still.
                    await _call.RequestStream.CompleteAsync().ConfigureAwait(false);
                }
            });

        /// <returns>Null at the end of the stream.</returns>
        public async Task<SubmitStreamResponse?> NextAsync(CancellationToken cancellation)
        {
            try
            {
                if (!await _call.ResponseStream.MoveNext(_stop.Token).ConfigureAwait(false))
                {
                    return null;
                }

                var answer = _call.ResponseStream.Current;
                return answer.Sequence == _answers++ ? answer : throw new GatewayException(
                    GatewayError.OfClient(StatusCode.Internal,
                        "The gateway's answers are not in the order of the notes."));
            }
            catch (RpcException exception)
            {
                cancellation.ThrowIfCancellationRequested();
                _error = GatewayError.From(exception);
                return null;
            }
        }

        /// <summary>Stops the writer and tells why the stream ended; null: as it should.</summary>
        public async Task<GatewayError?> EndAsync()
        {
            // The status of the stream says more than the writer's failure to write to it.
            await _stop.CancelAsync().ConfigureAwait(false);
            await _writer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return _error;
        }

        public void Dispose()
        {
            _stop.Cancel();
            _call.Dispose();
            _stop.Dispose();
        }
    }
}
