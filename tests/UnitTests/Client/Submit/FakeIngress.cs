using System.Threading.Channels;
using Ecmr.Ingress.V1;
using Grpc.Core;

namespace EcmrGateway.UnitTests.Client.Submit;

/// <summary>A gateway without a network: each connection and each single call is answered by a function.</summary>
/// <param name="answer">Number of the connection from 0, number of the note on it from 0, and the request.</param>
internal sealed class FakeIngress(Func<int, int, SubmitStreamRequest, SubmitStreamResponse> answer) : CallInvoker
{
    private int _connections;

    /// <summary>Notes that came in, in order, by number of the connection.</summary>
    public List<(int Connection, string NoteId)> Received { get; } = [];

    /// <summary>Note ids of single calls.</summary>
    public List<string> Single { get; } = [];

    public int Connections => _connections;

    /// <summary>Whether no single call gets through.</summary>
    public bool IsAway { get; init; }

    public Func<SubmitRequest, SubmitResponse> OnSingle { get; init; } = static _ => new SubmitResponse();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var number = _connections++;
        var answers = Channel.CreateUnbounded<SubmitStreamResponse>();
        var place = 0;
        var writer = new Writer(
            request =>
            {
                lock (Received)
                {
                    Received.Add((number, request.Note.NoteId));
                }

                try
                {
                    answers.Writer.TryWrite(answer(number, place++, request));
                }
                catch (RpcException exception)
                {
                    answers.Writer.TryComplete(exception);
                }
            },
            () => answers.Writer.TryComplete());
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            (IClientStreamWriter<TRequest>)(object)writer,
            (IAsyncStreamReader<TResponse>)(object)new Reader(answers.Reader),
            Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var submit = (SubmitRequest)(object)request;
        Single.Add(submit.Note.NoteId);
        return new AsyncUnaryCall<TResponse>(
            Task.FromResult((TResponse)(object)OnSingle(submit)),
            Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw new NotSupportedException();

    private sealed class Writer(Action<SubmitStreamRequest> write, Action complete)
        : IClientStreamWriter<SubmitStreamRequest>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(SubmitStreamRequest message)
        {
            write(message);
            return Task.CompletedTask;
        }

        public Task WriteAsync(SubmitStreamRequest message, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return WriteAsync(message);
        }

        public Task CompleteAsync()
        {
            complete();
            return Task.CompletedTask;
        }
    }

    private sealed class Reader(ChannelReader<SubmitStreamResponse> answers) : IAsyncStreamReader<SubmitStreamResponse>
    {
        public SubmitStreamResponse Current { get; private set; } = new();

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await answers.WaitToReadAsync(cancellationToken))
            {
                return false;
            }

            Current = await answers.ReadAsync(cancellationToken);
            return true;
        }
    }
}
