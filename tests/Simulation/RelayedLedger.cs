using EcmrGateway.Ledger;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Scoring;

namespace EcmrGateway.Simulation;

/// <summary>One relay's view of the ledger: it knows the heads as it saw them last.</summary>
internal sealed class RelayedLedger(World world, TimeProvider time) : FactsOnlyLedger
{
    private readonly FactLedger _ledger = world.Ledger;
    private LedgerMark _head = world.Ledger.Head;
    private TaskCompletionSource _moved = new();

    public override int ShardCount => _ledger.ShardCount;

    public override string LogId => _ledger.LogId;

    public override LedgerMark Head => _head;

    public void Look()
    {
        if (_ledger.Head.IsPast(Head))
        {
            _head = _ledger.Head;
            var moved = _moved;
            _moved = new();
            moved.SetResult();
        }
    }

    public override async ValueTask WaitPastAsync(LedgerMark mark, CancellationToken cancellation)
    {
        while (!Head.IsPast(mark))
        {
            await _moved.Task.WaitAsync(cancellation);
        }
    }

    public override async ValueTask<IReadOnlyList<RecordedFact>> ReadFactsAsync(
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
}
