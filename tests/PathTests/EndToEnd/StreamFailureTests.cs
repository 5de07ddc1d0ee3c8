using Ecmr.Ingress.V1;
using EcmrGateway.Ledger;
using EcmrGateway.PathTests.Gateway;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>A submitter that waits for answers before it sends on is never left to wait for one that failed.</summary>
public sealed class StreamFailureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_note_that_meets_a_ledger_away_is_told_so_and_the_stream_goes_on()
    {
        var watch = new WatchedLedger.Watch();
        await using var gateway = await RunningGateway.StartAsync(configure: watch.Apply);
        using var stream = gateway.Ingress.SubmitStream(await gateway.AsAsync("submitter"), cancellationToken: Stop);
        var note = SampleNotes.OnTheRoad();

        // As when the first receipt of a note that is there already cannot be read.
        watch.Failure = new LedgerUnavailableException("away", inner: null);
        var refused = await AskAsync(stream, note);
        watch.Failure = null;
        var recorded = await AskAsync(stream, note);

        Assert.Equal((int)Code.Unavailable, refused.Error.Code);
        Assert.Equal("LEDGER_UNAVAILABLE", refused.Error.GetDetail<ErrorInfo>().Reason);
        Assert.Equal(SubmitStreamResponse.OutcomeOneofCase.Recorded, recorded.OutcomeCase);
        Assert.Equal(1UL, recorded.Sequence);
    }

    [Fact]
    public async Task A_stream_whose_answers_failed_ends_though_its_client_sends_no_more()
    {
        var watch = new WatchedLedger.Watch { Failure = new InvalidOperationException("broken") };
        await using var gateway = await RunningGateway.StartAsync(configure: watch.Apply);
        using var stream = gateway.Ingress.SubmitStream(await gateway.AsAsync("submitter"), cancellationToken: Stop);

        var ended = await Assert.ThrowsAsync<RpcException>(() => AskAsync(stream, SampleNotes.OnTheRoad()));

        Assert.Equal(StatusCode.Internal, ended.StatusCode);
    }

    /// <summary>Sends a note and waits for its answer, ten seconds at most; the stream stays open.</summary>
    private static async Task<SubmitStreamResponse> AskAsync(
        AsyncDuplexStreamingCall<SubmitStreamRequest, SubmitStreamResponse> stream, Ecmr.Note.V1.ConsignmentNote note)
    {
        await stream.RequestStream.WriteAsync(new SubmitStreamRequest { Note = note }, Stop);
        Assert.True(await stream.ResponseStream.MoveNext(Stop).WaitAsync(TimeSpan.FromSeconds(10), Stop));
        return stream.ResponseStream.Current;
    }
}
