using Ecmr.Ingress.V1;
using EcmrGateway.PathTests.Gateway;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>The submitter chooses the ids; sending again is safe for ever.</summary>
public class IdempotencyTests : GatewayTests
{
    [Fact]
    public async Task A_hundred_parallel_first_submissions_make_one_entry_and_a_hundred_equal_receipts()
    {
        await using var gateway = await StartAsync();
        var headers = await gateway.AsAsync("submitter");
        var request = new SubmitRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            Note = SampleNotes.OnTheRoad(),
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            _ => gateway.Ingress.SubmitAsync(request, headers).ResponseAsync));

        Assert.All(answers, answer => Assert.Equal(answers[0].Receipt, answer.Receipt));
        Assert.Equal(1, answers.Count(answer => !answer.AlreadyRecorded));
        var next = await gateway.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }, headers);
        Assert.Equal(2UL, next.Receipt.LeafIndex);
    }

    [Fact]
    public async Task The_same_request_id_with_other_content_is_a_typed_conflict()
    {
        await using var gateway = await StartAsync();
        var headers = await gateway.AsAsync("submitter");
        var requestId = Guid.NewGuid().ToString();
        await gateway.Ingress.SubmitAsync(
            new() { RequestId = requestId, Note = SampleNotes.OnTheRoad() }, headers);

        var conflict = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Ingress.SubmitAsync(
            new() { RequestId = requestId, Note = SampleNotes.OnTheRoad() }, headers));

        Assert.Equal(StatusCode.AlreadyExists, conflict.StatusCode);
        Assert.Equal("REQUEST_ID_REUSED", conflict.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);
    }

    [Fact]
    public async Task The_same_note_id_with_other_content_is_a_typed_conflict_and_nothing_is_overwritten()
    {
        await using var gateway = await StartAsync();
        var headers = await gateway.AsAsync("submitter");
        var note = SampleNotes.OnTheRoad();
        await gateway.Ingress.SubmitAsync(new() { Note = note }, headers);
        var changed = note.Clone();
        changed.NoteNumber = "TEST-2";

        var conflict = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Ingress.SubmitAsync(
            new() { Note = changed }, headers));

        Assert.Equal("NOTE_CONTENT_DIFFERS", conflict.GetRpcStatus()!.GetDetail<ErrorInfo>().Reason);
        Assert.Equal(note, (await gateway.Ingress.GetConsignmentNoteAsync(
            new() { NoteId = note.NoteId }, headers)).Note);
    }

    [Fact]
    public async Task A_stream_answers_each_note_in_order_and_goes_on_past_a_refused_one()
    {
        await using var gateway = await StartAsync();
        using var stream = gateway.Ingress.SubmitStream(await gateway.AsAsync("submitter"));
        const int Count = 3_000;
        var sending = Task.Run(
            async () =>
            {
                for (var i = 0; i < Count; i++)
                {
                    var note = SampleNotes.OnTheRoad();
                    note.CmrClause = i % 100 != 7;
                    await stream.RequestStream.WriteAsync(new() { Note = note });
                }

                await stream.RequestStream.CompleteAsync();
            },
            TestContext.Current.CancellationToken);

        ulong expected = 0;
        ulong lastPosition = 0;
        await foreach (var answer in stream.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(expected, answer.Sequence);
            if (expected % 100 == 7)
            {
                Assert.Equal((int)Code.InvalidArgument, answer.Error.Code);
            }
            else
            {
                Assert.True(answer.Recorded.Receipt.LeafIndex > lastPosition);
                lastPosition = answer.Recorded.Receipt.LeafIndex;
            }

            expected++;
        }

        await sending;
        Assert.Equal((ulong)Count, expected);
        Assert.Equal((ulong)(Count - (Count / 100)), lastPosition);
    }
}
