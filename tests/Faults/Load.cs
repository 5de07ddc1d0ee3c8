using System.Collections.Concurrent;
using Ecmr.Ingress.V1;
using Ecmr.Note.V1;
using Ecmr.Receipt.V1;
using Google.Rpc;
using Grpc.Core;

namespace EcmrGateway.Faults;

/// <summary>What a submitter holds: every receipt it was given, and every note it has no answer to.</summary>
/// <param name="callers">Unary calls at a time.</param>
/// <param name="streamPause">Between two notes of the stream.</param>
internal sealed class Load(int callers = 32, TimeSpan streamPause = default)
{
    private int _untyped;
    private TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Receipts by note id. A second receipt for a note must equal the first.</summary>
    public ConcurrentDictionary<string, (ConsignmentNote Note, Receipt Receipt)> Held { get; } = new();

    /// <summary>Notes that were told of at two places of the ledger.</summary>
    public ConcurrentDictionary<string, byte> Doubled { get; } = new();

    /// <summary>Sent, and not answered before the gateway died; they are sent again.</summary>
    public ConcurrentQueue<SubmitRequest> Unanswered { get; } = new();

    /// <summary>How many were told why no receipt came, by status; wrong notes are not among them.</summary>
    public ConcurrentDictionary<StatusCode, int> Refusals { get; } = new();

    /// <summary>Calls that failed with no reason of the gateway's: it was gone, or should have given one.</summary>
    public int Untyped => Volatile.Read(ref _untyped);

    /// <summary>What a call that brought no receipt was told last.</summary>
    public string LastFailure { get; private set; } = "";

    /// <summary>Waits until this run has brought a receipt, so that the gateway dies under load and not before it.
    /// </summary>
    public async Task FirstReceiptAsync(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within, TimeProvider.System);
        try
        {
            await _first.Task.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No receipt within {within.TotalSeconds} s. {LastFailure}");
        }
    }

    /// <summary>Submits, unary and on a stream, until told to stop or the gateway is gone.</summary>
    public async Task RunAsync(
        GatewayProcess gateway, Metadata headers, Func<ConsignmentNote> next, CancellationToken stopping)
    {
        _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = new IngressService.IngressServiceClient(gateway.Channel);
        var unary = Enumerable.Range(0, callers)
            .Select(_ => Task.Run(() => SubmitOneByOneAsync(client, headers, next, stopping), CancellationToken.None));
        await Task.WhenAll([.. unary, SubmitStreamAsync(client, headers, next, stopping)]);
    }

    private async Task SubmitOneByOneAsync(
        IngressService.IngressServiceClient client, Metadata headers, Func<ConsignmentNote> next,
        CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            if (!Unanswered.TryDequeue(out var request))
            {
                request = new SubmitRequest { RequestId = Guid.NewGuid().ToString(), Note = next() };
            }

            try
            {
                Hold(request.Note, (await client.SubmitAsync(
                    request, headers, Deadline(), CancellationToken.None)).Receipt);
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.InvalidArgument)
            {
                // A deliberately wrong note of the generator: refused, as it should be.
            }
            catch (RpcException failure)
            {
                Refused(failure.StatusCode, failure.GetRpcStatus());
                LastFailure = failure.Status.ToString();
                Unanswered.Enqueue(request);
                return;
            }
        }
    }

    private async Task SubmitStreamAsync(
        IngressService.IngressServiceClient client, Metadata headers, Func<ConsignmentNote> next,
        CancellationToken stopping)
    {
        using var stream = client.SubmitStream(headers, Deadline(), CancellationToken.None);
        var sent = new ConcurrentQueue<SubmitRequest>();
        var answers = Task.Run(() => HoldAnswersAsync(stream.ResponseStream, sent), CancellationToken.None);
        try
        {
            while (!stopping.IsCancellationRequested && !answers.IsCompleted)
            {
                var request = new SubmitRequest { RequestId = Guid.NewGuid().ToString(), Note = next() };
                sent.Enqueue(request);
                await stream.RequestStream.WriteAsync(
                    new SubmitStreamRequest { RequestId = request.RequestId, Note = request.Note },
                    CancellationToken.None);
                if (streamPause > TimeSpan.Zero)
                {
                    await Task.Delay(streamPause, TimeProvider.System, CancellationToken.None);
                }
            }

            await stream.RequestStream.CompleteAsync();
        }
        catch (Exception lost) when (lost is RpcException or InvalidOperationException or IOException)
        {
            // The gateway is gone; what has no answer is sent again.
        }

        await answers;
        foreach (var request in sent)
        {
            Unanswered.Enqueue(request);
        }
    }

    private async Task HoldAnswersAsync(
        IAsyncStreamReader<SubmitStreamResponse> answers, ConcurrentQueue<SubmitRequest> sent)
    {
        try
        {
            while (await answers.MoveNext(CancellationToken.None))
            {
                // Answers come in the order of the requests.
                if (sent.TryPeek(out var request) && answers.Current.Recorded is { } recorded)
                {
                    Hold(request.Note, recorded.Receipt);
                }

                if (answers.Current.Error is { } error && error.Code != (int)StatusCode.InvalidArgument)
                {
                    Refused((StatusCode)error.Code, error);
                }

                sent.TryDequeue(out _);
            }
        }
        catch (RpcException)
        {
            // The gateway is gone.
        }
    }

    private void Refused(StatusCode code, Google.Rpc.Status? status)
    {
        if (status?.GetDetail<ErrorInfo>() is null)
        {
            Interlocked.Increment(ref _untyped);
        }
        else
        {
            Refusals.AddOrUpdate(code, 1, (_, count) => count + 1);
        }
    }

    /// <summary>Keeps what was given for a note, or notes that it is not what was given before.</summary>
    public void Hold(ConsignmentNote note, Receipt receipt)
    {
        _first.TrySetResult();
        var held = Held.GetOrAdd(note.NoteId, (note, receipt));
        if (!held.Receipt.Equals(receipt))
        {
            Doubled.TryAdd(note.NoteId, 0);
        }
    }

    private static DateTime Deadline() => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(30);
}
