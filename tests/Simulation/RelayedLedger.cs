using Ecmr.Receipt.V1;
using EcmrGateway.Ledger;
using EcmrGateway.PathTests.Scoring;

namespace EcmrGateway.Simulation;

/// <summary>One relay's view of the ledger: it knows the heads as it saw them last.</summary>
internal sealed class RelayedLedger(World world, TimeProvider time) : INoteLedger
{
    private readonly FactLedger _ledger = world.Ledger;
    private TaskCompletionSource _moved = new();

    public int ShardCount => _ledger.ShardCount;

    public string LogId => _ledger.LogId;

    public LedgerMark Head { get; private set; } = world.Ledger.Head;

    public LedgerMark FactHead => Head;

    public bool IsWritable => true;

    public ReadOnlyMemory<byte> PublicKey => throw new NotSupportedException();

    public void Look()
    {
        if (_ledger.Head.IsPast(Head))
        {
            Head = _ledger.Head;
            var moved = _moved;
            _moved = new();
            moved.SetResult();
        }
    }

    public async ValueTask WaitPastAsync(LedgerMark mark, CancellationToken cancellation)
    {
        while (!Head.IsPast(mark))
        {
            await _moved.Task.WaitAsync(cancellation);
        }
    }

    public async ValueTask<IReadOnlyList<RecordedFact>> ReadFactsAsync(
        int shard, long after, int limit, CancellationToken cancellation)
    {
        try
        {
            await world.PassAsync(time, cancellation);
        }
        catch (IOException) when (world.Broken == Broken.Read)
        {
            return [];
        }

        return await _ledger.ReadFactsAsync(shard, after, limit, cancellation);
    }

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

    public ValueTask<IReadOnlyList<RecordedFact>> ReadFactsBackwardAsync(
        int shard, long before, int limit, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<IReadOnlyList<RecordedFact>>> ReadSubjectsAsync(
        IReadOnlyList<SubjectRead> reads, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
