using System.Collections.Concurrent;
using System.Threading.Channels;
using Ecmr.Ingress.V1;
using Grpc.Core;

namespace EcmrGateway.Benchmarks.Load;

/// <summary>Some streams of submissions over one connection, as a transport system sends many notes.</summary>
internal sealed class SubmitStreams(
    IngressService.IngressServiceClient client, Metadata headers, NotePool pool, int streams)
{
    private readonly Lane[] _lanes =
        [.. Enumerable.Range(0, streams).Select(_ => new Lane(client.SubmitStream(headers), pool))];

    private int _next = -1;

    /// <summary>Submits the next note; completes with its answer, fails when it was not recorded.</summary>
    public Task SubmitAsync() =>
        _lanes[(int)((uint)Interlocked.Increment(ref _next) % (uint)_lanes.Length)].SubmitAsync();

    /// <summary>Ends the streams in order.</summary>
    public Task CompleteAsync() => Task.WhenAll(_lanes.Select(lane => lane.CompleteAsync()));

    private sealed class Lane
    {
        private static readonly WriteOptions MoreFollows = new(WriteFlags.BufferHint);

        private readonly AsyncDuplexStreamingCall<SubmitStreamRequest, SubmitStreamResponse> _call;
        private readonly NotePool _pool;
        private readonly Channel<TaskCompletionSource> _waiting =
            Channel.CreateUnbounded<TaskCompletionSource>(new() { SingleReader = true });

        private readonly ConcurrentQueue<TaskCompletionSource> _sent = new();
        private readonly Task _sending;
        private readonly Task _receiving;

        public Lane(AsyncDuplexStreamingCall<SubmitStreamRequest, SubmitStreamResponse> call, NotePool pool)
        {
            (_call, _pool) = (call, pool);
            _sending = Task.Run(SendAsync);
            _receiving = Task.Run(ReceiveAsync);
        }

        public Task SubmitAsync()
        {
            var answer = new TaskCompletionSource();
            return _waiting.Writer.TryWrite(answer)
                ? answer.Task
                : throw new InvalidOperationException("The stream has ended.");
        }

        public async Task CompleteAsync()
        {
            _waiting.Writer.TryComplete();
            await Task.WhenAll(_sending, _receiving);
            _call.Dispose();
        }

        private async Task SendAsync()
        {
            await foreach (var answer in _waiting.Reader.ReadAllAsync())
            {
                var request = _pool.Next();
                _sent.Enqueue(answer);
                _call.RequestStream.WriteOptions = _waiting.Reader.TryPeek(out _) ? MoreFollows : WriteOptions.Default;
                await _call.RequestStream.WriteAsync(new() { RequestId = request.RequestId, Note = request.Note });
            }

            await _call.RequestStream.CompleteAsync();
        }

        private async Task ReceiveAsync()
        {
            try
            {
                await ReceiveAllAsync();
            }
            catch (RpcException failure)
            {
                _waiting.Writer.TryComplete(failure);
                while (_sent.TryDequeue(out var answer))
                {
                    answer.SetException(failure);
                }
            }
        }

        private async Task ReceiveAllAsync()
        {
            while (await _call.ResponseStream.MoveNext(CancellationToken.None))
            {
                _sent.TryDequeue(out var answer);
                if (_call.ResponseStream.Current.Recorded is not null)
                {
                    answer!.SetResult();
                }
                else
                {
                    answer!.SetException(
                        new InvalidOperationException($"Not recorded: {_call.ResponseStream.Current.Error}"));
                }
            }
        }
    }
}
