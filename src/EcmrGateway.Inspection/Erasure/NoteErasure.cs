using Ecmr.Inspection.V1;
using EcmrGateway.Inspection.Reveal;
using EcmrGateway.Ledger;
using Grpc.Core;

namespace EcmrGateway.Inspection.Erasure;

/// <summary>What became of an erasure.</summary>
/// <param name="Position">Where the note was; its place in the log stays.</param>
/// <param name="OperationId">Names the audit line.</param>
public readonly record struct ErasedNote(LedgerPosition Position, string OperationId);

/// <summary>Erases a note at somebody's request: the audit line first, then the content. For operators.</summary>
/// <remarks>
/// What stays: that a note of this id was recorded, when, and its facts under pseudonyms. What goes, for good: the
/// note, its content hash, its receipt. Receipts that others hold verify as before, as the tree stays what it was.
/// </remarks>
public sealed class NoteErasure(INoteLedger ledger, TimeProvider clock)
{
    private readonly AccessLog _log = new(ledger, clock);

    /// <param name="party">Party in whose name the note was submitted.</param>
    /// <param name="actor">Who erases: an opaque id, never a name.</param>
    /// <returns>Null: the party has no such note.</returns>
    /// <exception cref="ArgumentException">The reason is not complete; the message says what is missing.</exception>
    /// <exception cref="LedgerOpenException">Nothing was erased; the message names the setting.</exception>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be read or written; nothing was erased.
    /// </exception>
    public async Task<ErasedNote?> EraseAsync(
        string party, string noteId, string actor, AccessReason reason, CancellationToken cancellation)
    {
        var wrong = AccessReasons.Check(reason);
        if (wrong.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', wrong.Select(one => one.Message)), nameof(reason));
        }

        if (await ledger.FindAsync(EntryKind.Note, party, noteId, cancellation) is not { } entry)
        {
            return null;
        }

        string operation;
        try
        {
            operation = await _log.WriteAsync(
                new(party, actor, Trace: ""), "EraseConsignmentNote", reason,
                [FormattableString.Invariant($"note:{entry.Position.Value}")], cancellation);
        }
        catch (RpcException failure)
        {
            throw new LedgerUnavailableException("The audit line could not be written.", failure);
        }

        await ledger.EraseAsync(entry.Position, cancellation);
        return new(entry.Position, operation);
    }
}
