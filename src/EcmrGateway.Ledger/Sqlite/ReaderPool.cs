using System.Collections.Concurrent;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>Connections that only read, at most so many, opened when first needed.</summary>
/// <remarks>In WAL mode they see the newest commit and never make the writer wait.</remarks>
internal sealed class ReaderPool(string path, IndexBacklog backlog, int connectionsMax) : IDisposable
{
    private readonly ConcurrentStack<Reader> _idle = new();
    private readonly SemaphoreSlim _free = new(connectionsMax);
    private volatile bool _disposed;

    /// <summary>Runs a read on a connection of its own, on this thread: it takes micro- to milliseconds.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<LedgerQueries, T> read, CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(INoteLedger));
            if (!_idle.TryPop(out var reader))
            {
                reader = Reader.Open(path, backlog);
            }

            try
            {
                var result = read(reader.Queries);
                Return(reader);
                return result;
            }
            catch
            {
                // A statement may be half-way; a connection is cheap.
                reader.Database.Dispose();
                throw;
            }
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryPop(out var reader))
        {
            reader.Database.Dispose();
        }
    }

    private void Return(Reader reader)
    {
        _idle.Push(reader);
        if (_disposed)
        {
            Dispose();
        }
    }

    private sealed record Reader(SqliteDatabase Database, LedgerQueries Queries)
    {
        public static Reader Open(string path, IndexBacklog backlog)
        {
            var database = SqliteDatabase.Open(path, readOnly: true);
            return new(database, new(database, backlog));
        }
    }
}
