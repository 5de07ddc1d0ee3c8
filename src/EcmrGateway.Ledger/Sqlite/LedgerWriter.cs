using System.Threading.Channels;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Keys;
using EcmrGateway.Ledger.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>Group commit: many callers, one thread that writes, one flush to disk for each batch.</summary>
/// <remarks>
/// No timer. While a flush runs, callers queue up, and the next batch takes them all: a lone caller waits for one flush
/// only, and under load the batch grows by itself. A flush that failed is not tried again, as the system may have
/// dropped the pages: all of the batch are told so, the connection is given up, and after a delay the files are opened
/// and read anew. Until a write succeeds, who comes is told so at once.
/// </remarks>
internal sealed partial class LedgerWriter : IDisposable
{
    private readonly string _path;
    private readonly LedgerOptions _options;
    private readonly TreeHeadKey _key;
    private readonly IndexBacklog _backlog;
    private readonly TimeProvider _time;
    private readonly LedgerMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Channel<PendingAppend> _pending;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BatchWriter? _batches;
    private volatile bool _writable = true;
    private volatile bool _closing;

    public LedgerWriter(
        string path, LedgerOptions options, TreeHeadKey key, IndexBacklog backlog, TimeProvider time,
        LedgerMetrics metrics, ILogger logger)
    {
        (_path, _options, _key, _backlog) = (path, options, key, backlog);
        (_time, _metrics, _logger) = (time, metrics, logger);
        _batches = BatchWriter.Open(path, key, backlog, options.IndexBacklogLength, time);
        Heads = new(new CommittedHead(_batches.Head, _batches.FactIndex));

        // The writer's wake-up is only a flag to set, so the caller may do it without a detour by the thread pool.
        _pending = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(options.QueueLengthMax)
        {
            SingleReader = true,
            AllowSynchronousContinuations = true,
        });
        metrics.Observe(() => _pending.Reader.Count, () => Heads.Mark.Total);
        new Thread(Run) { IsBackground = true, Name = "ledger-writer" }.Start();
    }

    public CommittedHeads Heads { get; }

    /// <summary>Whether the last write succeeded.</summary>
    public bool IsWritable => _writable;

    /// <returns>Appended: it was queued, and is told of later. Otherwise why not.</returns>
    public AppendStatus Enqueue(PendingAppend append) => _pending.Writer.TryWrite(append)
        ? AppendStatus.Appended
        : _closing ? AppendStatus.Unavailable : AppendStatus.Overloaded;

    /// <summary>Writes what is queued, then ends. The files stay open, for those who still read.</summary>
    public async Task StopAsync()
    {
        _closing = true;
        _pending.Writer.TryComplete();
        await _ended.Task;
        Heads.Close();
    }

    /// <summary>Closes the files of a writer that was stopped; who closes last leaves no log behind.</summary>
    public void Dispose() => _batches?.Dispose();

    private void Run()
    {
        try
        {
            var batch = new List<PendingAppend>(_options.BatchLengthMax);
            while (WaitForAppends())
            {
                Drain(batch);
                if (!TryWrite(batch))
                {
                    Recover();
                }

                batch.Clear();
            }
        }
        finally
        {
            _ended.SetResult();
        }
    }

    /// <returns>False when the ledger is closed and nothing is queued.</returns>
    private bool WaitForAppends()
    {
        var wait = _pending.Reader.WaitToReadAsync();
        return wait.IsCompletedSuccessfully ? wait.Result : wait.AsTask().GetAwaiter().GetResult();
    }

    private void Drain(List<PendingAppend> batch)
    {
        long bytes = 0;
        while (batch.Count < _options.BatchLengthMax && bytes < _options.BatchBytesMax
            && _pending.Reader.TryRead(out var append))
        {
            bytes += append.Bytes;
            batch.Add(append);
        }
    }

    private bool TryWrite(List<PendingAppend> batch)
    {
        var started = _time.GetTimestamp();
        try
        {
            var committed = _batches!.Write(batch);
            if (committed is not null)
            {
                Heads.Advance(0, committed.Committed);
            }
        }
        catch (Exception failure) // Of any kind: a caller that is never answered is worse than one that fails.
        {
            _writable = false;
            LogWriteFailed(failure, batch.Count);
            foreach (var append in batch)
            {
                append.Fail();
            }

            return false;
        }

        foreach (var append in batch)
        {
            append.Complete();
        }

        _metrics.Committed(batch.Count, _time.GetElapsedTime(started));
        return true;
    }

    private void Recover()
    {
        _batches?.Dispose();
        _batches = null;
        while (FailForAWhile() && !TryReopen())
        {
        }
    }

    /// <summary>Tells all who come during the delay that nothing can be written.</summary>
    /// <returns>False when the ledger is closed.</returns>
    private bool FailForAWhile()
    {
        var delay = Task.Delay(_options.ReopenDelay, _time);
        while (true)
        {
            while (_pending.Reader.TryRead(out var append))
            {
                append.Fail();
            }

            if (delay.IsCompleted)
            {
                return true;
            }

            var more = _pending.Reader.WaitToReadAsync().AsTask();
            if (Task.WaitAny(more, delay) == 0 && !more.Result)
            {
                return false;
            }
        }
    }

    private bool TryReopen()
    {
        try
        {
            _batches = BatchWriter.Open(_path, _key, _backlog, _options.IndexBacklogLength, _time);
            _batches.Probe();
            Heads.Advance(0, new(_batches.Head, _batches.FactIndex));
            _writable = true;
            LogWritableAgain(Heads.Mark.Total);
            return true;
        }
        catch (Exception failure) when (failure is SqliteException or LedgerOpenException or IOException)
        {
            _batches?.Dispose();
            _batches = null;
            LogStillUnwritable(failure);
            return false;
        }
    }

    [LoggerMessage(4001, LogLevel.Error, "A batch of {Count} appends could not be written. All were told so.")]
    private partial void LogWriteFailed(Exception failure, int count);

    [LoggerMessage(4002, LogLevel.Warning, "The ledger cannot be written yet.")]
    private partial void LogStillUnwritable(Exception failure);

    [LoggerMessage(4003, LogLevel.Information, "The ledger can be written again; its head is {Position}.")]
    private partial void LogWritableAgain(long position);
}
