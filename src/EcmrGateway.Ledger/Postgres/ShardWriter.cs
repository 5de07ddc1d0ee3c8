using System.Threading.Channels;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Group commit over one connection: many callers, one loop that writes, one commit for each batch.</summary>
/// <remarks>
/// No timer, as with the ledger in a folder. What waits is taken together, whatever its shards. When the
/// connection fails, all of the batch are told that it is not known what became of them; nothing is tried again, since
/// the same append again finds out. Until a connection is there, who comes is told so at once.
/// </remarks>
internal sealed partial class ShardWriter
{
    private readonly NpgsqlDataSource _source;
    private readonly LedgerOptions _options;
    private readonly IReadOnlyDictionary<int, ShardLog> _shards;
    private readonly TimeProvider _time;
    private readonly LedgerMetrics _metrics;
    private readonly ILogger _logger;
    private readonly GroupCommit _commit;
    private readonly Channel<PendingAppend> _pending;
    private readonly Task _running;
    private volatile bool _writable = true;
    private volatile bool _closing;

    /// <param name="shards">Those that this writer writes, and no other of this process.</param>
    public ShardWriter(
        NpgsqlDataSource source, LedgerOptions options, IReadOnlyDictionary<int, ShardLog> shards, TimeProvider time,
        LedgerMetrics metrics, ILogger logger)
    {
        (_source, _options, _shards) = (source, options, shards);
        (_time, _metrics, _logger) = (time, metrics, logger);
        _commit = new(shards);
        _pending = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(
            Math.Max(1, options.QueueLengthMax / options.WriteConnections))
        {
            SingleReader = true,
        });
        _running = Task.Run(RunAsync);
    }

    /// <summary>Whether the last write succeeded.</summary>
    public bool IsWritable => _writable;

    public int QueueLength => _pending.Reader.Count;

    /// <returns>Appended: it was queued, and is told of later. Otherwise why not.</returns>
    public AppendStatus Enqueue(PendingAppend append) => _pending.Writer.TryWrite(append)
        ? AppendStatus.Appended
        : _closing ? AppendStatus.Unavailable : AppendStatus.Overloaded;

    /// <summary>Writes what is queued, then ends.</summary>
    public Task StopAsync()
    {
        _closing = true;
        _pending.Writer.TryComplete();
        return _running;
    }

    private async Task RunAsync()
    {
        NpgsqlConnection? connection = null;
        var batch = new List<PendingAppend>(_options.BatchLengthMax);
        while (await _pending.Reader.WaitToReadAsync())
        {
            Drain(batch);
            try
            {
                connection ??= await _source.OpenConnectionAsync();
                await WriteAsync(new(connection), batch);
            }
            catch (Exception failure) // Of any kind: a caller that is never answered is worse than one that fails.
            {
                _writable = false;
                LogWriteFailed(failure, batch.Count);
                batch.ForEach(append => append.Fail());
                await CloseAsync(connection);
                connection = await ReopenAsync();
            }

            batch.Clear();
        }

        await CloseAsync(connection);
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

    private async Task WriteAsync(ShardCommands commands, List<PendingAppend> batch)
    {
        var started = _time.GetTimestamp();
        await _commit.WriteAsync(commands, batch);
        _metrics.Committed(batch.Count, _time.GetElapsedTime(started));
    }

    /// <summary>Tries until there is a connection again, or the ledger is closed.</summary>
    private async Task<NpgsqlConnection?> ReopenAsync()
    {
        foreach (var shard in _shards.Values)
        {
            shard.Head = null;
        }

        while (await FailForAWhileAsync())
        {
            try
            {
                var connection = await _source.OpenConnectionAsync();
                _writable = true;
                LogWritableAgain();
                return connection;
            }
            catch (Exception failure) // Of any kind: without this loop nobody who appends is answered.
            {
                LogStillUnwritable(failure.Message);
            }
        }

        return null;
    }

    /// <summary>Tells all who come during the delay that nothing can be written.</summary>
    /// <returns>False when the ledger is closed.</returns>
    private async Task<bool> FailForAWhileAsync()
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
            if (await Task.WhenAny(more, delay) == more && !await more)
            {
                return false;
            }
        }
    }

    private static async Task CloseAsync(NpgsqlConnection? connection)
    {
        if (connection is null)
        {
            return;
        }

        try
        {
            await connection.DisposeAsync();
        }
        catch (NpgsqlException)
        {
            // It was broken already; the pool gives it up.
        }
    }

    [LoggerMessage(4010, LogLevel.Error, "A batch of {Count} appends could not be written. All were told so.")]
    private partial void LogWriteFailed(Exception failure, int count);

    [LoggerMessage(4011, LogLevel.Warning, "The ledger's database cannot be written yet: {Cause}")]
    private partial void LogStillUnwritable(string cause);

    [LoggerMessage(4012, LogLevel.Information, "The ledger's database can be written again.")]
    private partial void LogWritableAgain();
}
