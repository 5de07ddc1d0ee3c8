using Ecmr.Receipt.V1;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>The newest committed head, and who waits for a newer one. One thread advances it, many wait.</summary>
internal sealed class CommittedHead(TreeHead first, long firstFact)
{
    private volatile TreeHead _tree = first;
    private long _fact = firstFact;
    private volatile bool _closed;
    private TaskCompletionSource? _next;

    public TreeHead Tree => _tree;

    public long Position => (long)_tree.TreeSize - 1;

    /// <summary>Position of the newest entry with a fact; -1: none.</summary>
    public long FactPosition => Volatile.Read(ref _fact);

    public void Advance(TreeHead head, long factPosition)
    {
        _tree = head;
        Volatile.Write(ref _fact, factPosition);
        WakeAll();
    }

    /// <summary>Nothing comes any more: who waits learns it.</summary>
    public void Close()
    {
        _closed = true;
        WakeAll();
    }

    /// <exception cref="ObjectDisposedException">The ledger was closed.</exception>
    public async ValueTask WaitPastAsync(long position, CancellationToken cancellation)
    {
        while (Position <= position)
        {
            var next = Volatile.Read(ref _next);
            if (next is null)
            {
                next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                next = Interlocked.CompareExchange(ref _next, next, null) ?? next;
            }

            // Registered first and looked again, so that an advance in between is not missed.
            if (Position > position)
            {
                return;
            }

            ObjectDisposedException.ThrowIf(_closed, typeof(INoteLedger));
            await next.Task.WaitAsync(cancellation);
        }
    }

    private void WakeAll() => Interlocked.Exchange(ref _next, null)?.SetResult();
}
