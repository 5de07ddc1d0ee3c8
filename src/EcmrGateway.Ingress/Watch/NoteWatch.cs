using Ecmr.Ingress.V1;
using Ecmr.Note.V1;
using EcmrGateway.Ingress.Errors;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Tokens;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EcmrGateway.Ingress.Watch;

/// <summary>Follows a party's notes by ledger position, which is given at commit, so that none is skipped.</summary>
/// <remarks>
/// Cancelling ends the wait for notes. Writes have no token of their own: one that is cancelled in the midst resets the
/// stream, and its reader would not be told why. They end with the call, or with the connection when the time is over.
/// </remarks>
internal sealed class NoteWatch(INoteLedger ledger, OpaqueTokens tokens, TimeProvider clock)
{
    private const int BatchMax = 256;

    /// <summary>Without a note for this long, a bookmark brings a newer token.</summary>
    private static readonly TimeSpan BookmarkEvery = TimeSpan.FromSeconds(15);

    public async Task FollowAsync(
        string party, WatchConsignmentNotesRequest request,
        IServerStreamWriter<WatchConsignmentNotesResponse> answers, CancellationToken cancellation)
    {
        var after = Open(party, request.ResumeToken);
        while (true)
        {
            // The head is read first: what is committed later is found by the next round, never skipped.
            var head = ledger.Head;
            var entries = await ledger.ReadPartyAsync(EntryKind.Note, party, after, BatchMax, cancellation);
            foreach (var entry in entries)
            {
                after = after.With(entry.Position);
                await answers.WriteAsync(Write(party, entry, after, request.IncludeNote), CancellationToken.None);
            }

            if (entries.Count < BatchMax)
            {
                after = after.Max(head);
                await WaitAsync(party, after, answers, cancellation);
            }
        }
    }

    private async Task WaitAsync(
        string party, LedgerMark after, IServerStreamWriter<WatchConsignmentNotesResponse> answers,
        CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(BookmarkEvery, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await ledger.WaitPastAsync(after, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await answers.WriteAsync(
                new WatchConsignmentNotesResponse { ResumeToken = Seal(party, after) }, CancellationToken.None);
        }
    }

    private WatchConsignmentNotesResponse Write(
        string party, LedgerEntry entry, LedgerMark after, bool includeNote) => new()
        {
            ResumeToken = Seal(party, after),
            NoteId = entry.Id,
            Position = (ulong)entry.Position.Value,
            ReceivedTime = entry.ReceivedTime.ToTimestamp(),
            Note = includeNote && !entry.IsErased ? ConsignmentNote.Parser.ParseFrom(entry.Payload.Span) : null,
        };

    private string Seal(string party, LedgerMark after) => tokens.Seal(Purpose(party), after.ToBytes());

    private LedgerMark Open(string party, string token)
    {
        if (token.Length == 0)
        {
            return LedgerMark.BeforeAll(ledger.ShardCount);
        }

        return tokens.TryOpen(Purpose(party), token, out var content)
            && LedgerMark.FromBytes(content, ledger.ShardCount) is { } after
            ? after
            : throw IngressError.ResumeTokenInvalid().ToRpcException();
    }

    private static string Purpose(string party) => $"watch:{party}";
}
