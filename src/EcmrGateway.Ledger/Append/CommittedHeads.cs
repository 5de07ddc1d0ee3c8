using Ecmr.Receipt.V1;

namespace EcmrGateway.Ledger.Append;

/// <summary>A shard's newest committed head.</summary>
/// <param name="Tree">The signed head of its tree.</param>
/// <param name="FactIndex">Index of the newest entry with a fact; -1: none.</param>
internal sealed record CommittedHead(TreeHead Tree, long FactIndex)
{
    public long Index => (long)Tree.TreeSize - 1;
}

/// <summary>The newest committed heads, and who waits for newer ones. Many advance them, many wait.</summary>
internal sealed class CommittedHeads
{
    private readonly Lock _advancing = new();
    private readonly CommittedHead[] _heads;
    private volatile LedgerMark _mark;
    private volatile LedgerMark _factMark;
    private volatile bool _closed;
    private TaskCompletionSource? _next;

    /// <param name="heads">One for each shard.</param>
    public CommittedHeads(params ReadOnlySpan<CommittedHead> heads)
    {
        _heads = heads.ToArray();
        (_mark, _factMark) = Marks();
    }

    public LedgerMark Mark => _mark;

    public LedgerMark FactMark => _factMark;

    public TreeHead TreeHeadOf(int shard) => Volatile.Read(ref _heads[shard]).Tree;

    /// <summary>A head at or behind the one that is known changes nothing.</summary>
    public void Advance(int shard, CommittedHead head)
    {
        lock (_advancing)
        {
            if (head.Index <= _heads[shard].Index)
            {
                return;
            }

            Volatile.Write(ref _heads[shard], head);
            (_mark, _factMark) = Marks();
        }

        WakeAll();
    }

    /// <summary>Nothing comes any more: who waits learns it.</summary>
    public void Close()
    {
        _closed = true;
        WakeAll();
    }

    /// <exception cref="ObjectDisposedException">The ledger was closed.</exception>
    public async ValueTask WaitPastAsync(LedgerMark mark, CancellationToken cancellation)
    {
        while (!_mark.IsPast(mark))
        {
            var next = Volatile.Read(ref _next);
            if (next is null)
            {
                next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                next = Interlocked.CompareExchange(ref _next, next, null) ?? next;
            }

            // Registered first and looked again, so that an advance in between is not missed.
            if (_mark.IsPast(mark))
            {
                return;
            }

            ObjectDisposedException.ThrowIf(_closed, typeof(INoteLedger));
            await next.Task.WaitAsync(cancellation);
        }
    }

    private (LedgerMark Mark, LedgerMark FactMark) Marks() => (
        LedgerMark.Of([.. _heads.Select(head => head.Index)]),
        LedgerMark.Of([.. _heads.Select(head => head.FactIndex)]));

    private void WakeAll() => Interlocked.Exchange(ref _next, null)?.SetResult();
}
