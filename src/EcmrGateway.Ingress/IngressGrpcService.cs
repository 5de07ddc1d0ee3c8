using Ecmr.Ingress.V1;
using Ecmr.Note.V1;
using EcmrGateway.Ingress.Errors;
using EcmrGateway.Ingress.Submit;
using EcmrGateway.Ingress.Watch;
using EcmrGateway.Ledger;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace EcmrGateway.Ingress;

/// <summary>The submitters' API: hand in, read back, follow.</summary>
internal sealed class IngressGrpcService(
    NoteSubmission submission, SubmitStreamHandler streams, NoteWatch watch, INoteLedger ledger, StreamGate gate,
    IHostApplicationLifetime lifetime)
    : IngressService.IngressServiceBase
{
    public override async Task<SubmitResponse> Submit(SubmitRequest request, ServerCallContext context)
    {
        var answer = await submission.SubmitAsync(
            Caller.PartyOf(context), request.RequestId, request.Note, context.CancellationToken);
        return answer.Recorded ?? throw answer.Error!.ToRpcException();
    }

    public override Task SubmitStream(
        IAsyncStreamReader<SubmitStreamRequest> requestStream, IServerStreamWriter<SubmitStreamResponse> responseStream,
        ServerCallContext context) =>
        WithPlace(Caller.PartyOf(context), party => streams.HandleAsync(
            party, requestStream, responseStream, lifetime.ApplicationStopping,
            context.CancellationToken));

    public override async Task<GetConsignmentNoteResponse> GetConsignmentNote(
        GetConsignmentNoteRequest request, ServerCallContext context)
    {
        var entry = await ledger.FindAsync(
            EntryKind.Note, Caller.PartyOf(context), request.NoteId, context.CancellationToken)
            ?? throw IngressError.NoteNotFound().ToRpcException();
        if (entry.IsErased)
        {
            throw IngressError.NoteErased().ToRpcException();
        }

        return new GetConsignmentNoteResponse
        {
            Note = ConsignmentNote.Parser.ParseFrom(entry.Payload.Span),
            Receipt = await ledger.ReadReceiptAsync(entry.Position, context.CancellationToken),
            ReceivedTime = entry.ReceivedTime.ToTimestamp(),
        };
    }

    public override Task WatchConsignmentNotes(
        WatchConsignmentNotesRequest request, IServerStreamWriter<WatchConsignmentNotesResponse> responseStream,
        ServerCallContext context) =>
        WithPlace(Caller.PartyOf(context), async party =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(
                context.CancellationToken, lifetime.ApplicationStopping);
            try
            {
                await watch.FollowAsync(party, request, responseStream, either.Token);
            }
            catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                throw IngressError.Stopping().ToRpcException();
            }
        });

    /// <summary>
    /// A stream may live for days; it ends when its caller goes, or with UNAVAILABLE when the gateway stops.
    /// </summary>
    private async Task WithPlace(string party, Func<string, Task> stream)
    {
        using var place = gate.Enter(party) ?? throw IngressError.Overloaded().ToRpcException();
        await stream(party);
    }
}
