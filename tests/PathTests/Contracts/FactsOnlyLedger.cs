using Ecmr.Receipt.V1;
using EcmrGateway.Ledger;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>The part of a ledger that relay and scoring read; it answers nothing that they do not ask.</summary>
internal abstract class FactsOnlyLedger : INoteLedger
{
    public abstract int ShardCount { get; }

    public abstract LedgerMark Head { get; }

    public LedgerMark FactHead => Head;

    public bool IsWritable => true;

    public virtual string LogId => throw new NotSupportedException();

    public ReadOnlyMemory<byte> PublicKey => throw new NotSupportedException();

    public abstract ValueTask<IReadOnlyList<RecordedFact>> ReadFactsAsync(
        int shard, long after, int limit, CancellationToken cancellation);

    public abstract ValueTask WaitPastAsync(LedgerMark mark, CancellationToken cancellation);

    public virtual ValueTask<IReadOnlyList<RecordedFact>> ReadFactsBackwardAsync(
        int shard, long before, int limit, CancellationToken cancellation) => throw new NotSupportedException();

    public virtual ValueTask<IReadOnlyList<IReadOnlyList<RecordedFact>>> ReadSubjectsAsync(
        IReadOnlyList<SubjectRead> reads, CancellationToken cancellation) => throw new NotSupportedException();

    public TreeHead TreeHeadOf(int shard) => throw new NotSupportedException();

    public ValueTask<AppendResult> AppendAsync(EntryDraft draft, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<AppendResult?> FindAppendedAsync(
        EntryKind kind, string party, string id, string requestId, ReadOnlyMemory<byte> contentSha256,
        CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<LedgerEntry?> ReadAsync(LedgerPosition position, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<LedgerEntry?> FindAsync(
        EntryKind kind, string party, string id, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<bool> EraseAsync(LedgerPosition position, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<Receipt?> ReadReceiptAsync(LedgerPosition position, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<LedgerEntry>> ReadPartyAsync(
        EntryKind kind, string party, LedgerMark after, int limit, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
