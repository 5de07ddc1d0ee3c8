using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Keys;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Receipts;
using EcmrGateway.Ledger.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>The ledger in one folder: a SQLite database in WAL mode, each commit flushed to disk.</summary>
public sealed class SqliteNoteLedger : INoteLedger
{
    private readonly string _path;
    private readonly LedgerOptions _options;
    private readonly FolderLock _lock;
    private readonly TreeHeadKey _key;
    private readonly ReceiptStatement _statement;
    private readonly LedgerMetrics _metrics;
    private readonly LedgerWriter _writer;
    private readonly ReaderPool _readers;

    private SqliteNoteLedger(
        LedgerOptions options, FolderLock folder, TreeHeadKey key, TimeProvider time, ILogger logger)
    {
        _path = Path.Combine(options.Folder, "ledger.db");
        _options = options;
        _lock = folder;
        _key = key;
        _statement = new(key.LogId);
        _metrics = new();
        var backlog = new IndexBacklog();
        _writer = new(_path, options, key, backlog, time, _metrics, logger);
        _readers = new(_path, backlog, options.ReadConnections);
    }

    public int ShardCount => 1;

    public LedgerMark Head => _writer.Heads.Mark;

    public LedgerMark FactHead => _writer.Heads.FactMark;

    public bool IsWritable => _writer.IsWritable;

    public TreeHead TreeHeadOf(int shard) => _writer.Heads.TreeHeadOf(shard);

    public string LogId => _key.LogId;

    public ReadOnlyMemory<byte> PublicKey => _key.PublicKey;

    /// <summary>Opens the ledger of a folder, or makes it. Takes milliseconds, whatever its size.</summary>
    /// <exception cref="LedgerOpenException">It is in use, damaged, of a newer program, or of another key.</exception>
    public static SqliteNoteLedger Open(LedgerOptions options, TimeProvider time, ILogger<SqliteNoteLedger> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = FolderLock.Take(options.Folder);
        TreeHeadKey? key = null;
        try
        {
            key = TreeHeadKey.Open(options.SigningKeyPath);
            return new(options, folder, key, time, logger);
        }
        catch (Exception failure)
        {
            key?.Dispose();
            folder.Dispose();
            if (failure is SqliteException)
            {
                throw new LedgerOpenException(
                    $"Ledger:Folder {options.Folder}: the database there cannot be used: {failure.Message}", failure);
            }

            throw;
        }
    }

    public ValueTask<AppendResult> AppendAsync(EntryDraft draft, CancellationToken cancellation)
    {
        DraftLimits.Check(draft, _options.PayloadBytesMax);
        cancellation.ThrowIfCancellationRequested();
        var pending = new PendingAppend(draft);
        var queued = _writer.Enqueue(pending);
        return queued is AppendStatus.Appended
            ? AnswerAsync(pending, cancellation)
            : new(Told(new(queued, LedgerPosition.None, Receipt: null)));
    }

    public ValueTask<AppendResult?> FindAppendedAsync(
        EntryKind kind, string party, string id, string requestId, ReadOnlyMemory<byte> contentSha256,
        CancellationToken cancellation) =>
        _readers.ReadAsync(
            queries => FindAppended(queries, kind, party, id, requestId, contentSha256.Span), cancellation);

    public ValueTask<LedgerEntry?> ReadAsync(LedgerPosition position, CancellationToken cancellation) =>
        _readers.ReadAsync(queries => queries.ReadEntry(position.Value), cancellation);

    public ValueTask<LedgerEntry?> FindAsync(
        EntryKind kind, string party, string id, CancellationToken cancellation) =>
        _readers.ReadAsync(
            queries => queries.PartyOf(party) is { } number
                && queries.FindNewestId(new(number, kind, id)) is { } position ? queries.ReadEntry(position) : null,
            cancellation);

    public ValueTask<Receipt?> ReadReceiptAsync(LedgerPosition position, CancellationToken cancellation) =>
        _readers.ReadAsync(queries => ReceiptOf(queries, position.Value), cancellation);

    public ValueTask<IReadOnlyList<LedgerEntry>> ReadPartyAsync(
        EntryKind kind, string party, LedgerMark after, int limit, CancellationToken cancellation) =>
        _readers.ReadAsync(queries => queries.ReadParty(party, kind, after[0], Checked(limit)), cancellation);

    public ValueTask<IReadOnlyList<RecordedFact>> ReadFactsAsync(
        int shard, long after, int limit, CancellationToken cancellation) =>
        _readers.ReadAsync(queries => queries.ReadFacts(after, Checked(limit)), cancellation);

    public ValueTask<IReadOnlyList<RecordedFact>> ReadFactsBackwardAsync(
        int shard, long before, int limit, CancellationToken cancellation) =>
        _readers.ReadAsync(queries => queries.ReadFactsBackward(before, Checked(limit)), cancellation);

    public ValueTask<IReadOnlyList<IReadOnlyList<RecordedFact>>> ReadSubjectsAsync(
        IReadOnlyList<SubjectRead> reads, CancellationToken cancellation) =>
        _readers.ReadAsync<IReadOnlyList<IReadOnlyList<RecordedFact>>>(
            queries =>
            [
                .. reads.Select(read => queries.ReadSubject(
                    SubjectKey.Of(read), SubjectKey.SinceMilliseconds(read), Checked(read.Limit))),
            ],
            cancellation);

    public ValueTask<bool> EraseAsync(LedgerPosition position, CancellationToken cancellation) =>
        new(Task.Run(() => SqliteErasure.Erase(_path, position), cancellation));

    public ValueTask WaitPastAsync(LedgerMark mark, CancellationToken cancellation) =>
        _writer.Heads.WaitPastAsync(mark, cancellation);

    /// <summary>Writes what is queued, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.StopAsync();
        _readers.Dispose();
        _writer.Dispose();
        _metrics.Dispose();
        _key.Dispose();
        _lock.Dispose();
    }

    private async ValueTask<AppendResult> AnswerAsync(PendingAppend pending, CancellationToken cancellation)
    {
        await pending.Done.WaitAsync(cancellation);
        var receipt = pending.Status switch
        {
            AppendStatus.Appended => ReceiptMaker.Make(pending),
            AppendStatus.AlreadyAppended => await ReadReceiptAsync(new(pending.Position), cancellation),
            _ => null,
        };
        return Told(new(pending.Status, new(pending.Position), receipt));
    }

    private AppendResult Told(AppendResult result)
    {
        _metrics.Told(result.Status);
        return result;
    }

    private AppendResult? FindAppended(
        LedgerQueries queries, EntryKind kind, string party, string id, string requestId,
        ReadOnlySpan<byte> contentSha256)
    {
        if (queries.PartyOf(party) is not { } number)
        {
            return null;
        }

        var byId = queries.FindNewestId(new(number, kind, id));
        if (byId is { } position && queries.IsContentOf(position, contentSha256))
        {
            return new(AppendStatus.AlreadyAppended, new(position), ReceiptOf(queries, position));
        }

        if (byId is { } erased && queries.IsErased(erased))
        {
            return new(AppendStatus.Erased, LedgerPosition.None, Receipt: null);
        }

        var reused = requestId is not "" && queries.FindNewestRequest(new(number, requestId)) is not null;
        return byId is null && !reused
            ? null
            : new(
                reused ? AppendStatus.RequestIdReused : AppendStatus.ContentDiffers, LedgerPosition.None,
                Receipt: null);
    }

    private Receipt? ReceiptOf(LedgerQueries queries, long position)
    {
        if (queries.ReadStated(position) is not { IsErased: false } stated)
        {
            return null;
        }

        var head = queries.ReadTreeHead(position, _key.LogId)!;
        return ReceiptMaker.Make(_statement, stated, new StoredTree(queries, (long)head.TreeSize), head);
    }

    private int Checked(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, _options.ReadLengthMax);
        return limit;
    }
}
