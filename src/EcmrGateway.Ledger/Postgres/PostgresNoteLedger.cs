using System.Security.Cryptography;
using System.Text;
using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Keys;
using EcmrGateway.Ledger.Receipts;
using EcmrGateway.Ledger.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>
/// The ledger in PostgreSQL, for many processes at once: shards, each with a log and a tree of its own.
/// </summary>
public sealed class PostgresNoteLedger : INoteLedger
{
    private readonly LedgerOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly TreeHeadKey? _key;
    private readonly PostgresQueries _queries;
    private readonly BatchTrees _trees;
    private readonly TimeProvider _time;
    private readonly CommittedHeads _heads;
    private readonly ReceiptStatement[] _statements;
    private readonly ShardWriter[] _writers;
    private readonly HeadWatch _watch;
    private readonly LedgerMetrics _metrics = new();
    private bool _closed;

    private PostgresNoteLedger(
        LedgerOptions options, NpgsqlDataSource source, TreeHeadKey? key, OpenedLedger opened, TimeProvider time,
        ILogger logger)
    {
        (_options, _source, _key, _time) = (options, source, key, time);
        _queries = new(source, opened.LogId);
        _trees = new(source, _queries);
        _heads = new(opened.Heads);
        (LogId, PublicKey) = (opened.LogId, opened.PublicKey);
        var shards = Enumerable.Range(0, opened.Heads.Length);
        _statements = [.. shards.Select(shard => new ReceiptStatement(TreeHeads.LogIdOf(opened.LogId, shard)))];
        var count = key is null ? 0 : Math.Min(options.WriteConnections, opened.Heads.Length);
        _writers =
        [
            .. Enumerable.Range(0, count).Select(writer => new ShardWriter(
                source, options,
                shards.Where(shard => shard % count == writer)
                    .ToDictionary(shard => shard, shard => new ShardLog(shard, key!, _heads, time)),
                time, _metrics, logger)),
        ];
        _watch = new(_queries, _heads, options.HeadDelay, time, logger);
        _metrics.Observe(() => _writers.Sum(writer => writer.QueueLength), () => _heads.Mark.Total);
    }

    /// <summary>Leases of those who relay the facts; disposed of with the ledger.</summary>
    public IRelayLeases RelayLeases => new PostgresRelayLeases(_source);

    public int ShardCount => _statements.Length;

    public LedgerMark Head => _heads.Mark;

    public LedgerMark FactHead => _heads.FactMark;

    public bool IsWritable => !_watch.IsAway && _writers.All(writer => writer.IsWritable);

    public string LogId { get; }

    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>As below, to append.</summary>
    public static Task<PostgresNoteLedger> OpenAsync(
        LedgerOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation) =>
        OpenAsync(options, LedgerAccess.Append, time, loggers, cancellation);

    /// <summary>
    /// Opens the ledger of a database, or makes it, or waits for who makes it; waits for a database that is away.
    /// </summary>
    /// <exception cref="LedgerOpenException">
    /// The database stays away, is not durable, damaged, of another program or of another key.
    /// </exception>
    public static async Task<PostgresNoteLedger> OpenAsync(
        LedgerOptions options, LedgerAccess access, TimeProvider time, ILoggerFactory loggers,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var key = access is LedgerAccess.Append ? TreeHeadKey.Open(options.SigningKeyPath) : null;
        var source = PostgresSource.Open(options, access, loggers);
        try
        {
            var identity = key is null ? null : LedgerIdentity.Of(options, key.LogId);
            if (options.MigrationConnectionString.Length > 0)
            {
                await LedgerMigration.RunAsync(options, time, cancellation);
            }

            var opened = await new DatabaseWait(options, access, time).ForAsync(
                () => identity is null
                    ? LedgerOpening.OpenToReadAsync(source, options.PublicKeyPath, cancellation)
                    : LedgerOpening.OpenAsync(source, key!, identity, time, cancellation),
                cancellation);
            return new(options, source, key, opened, time, loggers.CreateLogger<PostgresNoteLedger>());
        }
        catch
        {
            await source.DisposeAsync();
            key?.Dispose();
            throw;
        }
    }

    public TreeHead TreeHeadOf(int shard) => _heads.TreeHeadOf(shard);

    public ValueTask<AppendResult> AppendAsync(EntryDraft draft, CancellationToken cancellation)
    {
        if (_key is null)
        {
            throw new InvalidOperationException("The ledger was opened to read facts, without the key that signs.");
        }

        DraftLimits.Check(draft, _options.PayloadBytesMax);
        cancellation.ThrowIfCancellationRequested();
        var pending = new PendingAppend(draft) { Shard = ShardOf(draft) };
        var queued = _writers[pending.Shard % _writers.Length].Enqueue(pending);
        return queued is AppendStatus.Appended
            ? AnswerAsync(pending, cancellation)
            : new(Told(new(queued, LedgerPosition.None, Receipt: null)));
    }

    public async ValueTask<AppendResult?> FindAppendedAsync(
        EntryKind kind, string party, string id, string requestId, ReadOnlyMemory<byte> contentSha256,
        CancellationToken cancellation) =>
        await ReadableAsync(() => FindContentAsync(kind, party, id, requestId, contentSha256, cancellation));

    public async ValueTask<LedgerEntry?> ReadAsync(LedgerPosition position, CancellationToken cancellation) =>
        await ReadableAsync(() => _queries.EntryAsync(position, cancellation));

    public async ValueTask<LedgerEntry?> FindAsync(
        EntryKind kind, string party, string id, CancellationToken cancellation) =>
        await ReadableAsync(async () => await _queries.FindIdAsync(kind, party, id, cancellation) is { } position
            ? await _queries.EntryAsync(position, cancellation)
            : null);

    public async ValueTask<Receipt?> ReadReceiptAsync(LedgerPosition position, CancellationToken cancellation) =>
        await ReadableAsync(() => ReceiptAsync(position, cancellation));

    public async ValueTask<IReadOnlyList<LedgerEntry>> ReadPartyAsync(
        EntryKind kind, string party, LedgerMark after, int limit, CancellationToken cancellation) =>
        await ReadableAsync(() => _queries.PartyAsync(kind, party, after, Checked(limit), cancellation));

    public async ValueTask<IReadOnlyList<RecordedFact>> ReadFactsAsync(
        int shard, long after, int limit, CancellationToken cancellation) =>
        await ReadableAsync(() => _queries.FactsAsync(shard, after, Checked(limit), cancellation));

    public async ValueTask<IReadOnlyList<RecordedFact>> ReadFactsBackwardAsync(
        int shard, long before, int limit, CancellationToken cancellation) =>
        await ReadableAsync(() => _queries.FactsBackwardAsync(shard, before, Checked(limit), cancellation));

    public async ValueTask<IReadOnlyList<IReadOnlyList<RecordedFact>>> ReadSubjectsAsync(
        IReadOnlyList<SubjectRead> reads, CancellationToken cancellation)
    {
        foreach (var read in reads)
        {
            Checked(read.Limit);
        }

        return await ReadableAsync(() => _queries.SubjectsAsync(reads, cancellation));
    }

    public async ValueTask<bool> EraseAsync(LedgerPosition position, CancellationToken cancellation) =>
        await PostgresErasure.EraseAsync(_options, position, _time, cancellation);

    public ValueTask WaitPastAsync(LedgerMark mark, CancellationToken cancellation) =>
        _heads.WaitPastAsync(mark, cancellation);

    /// <summary>Writes what is queued, then closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, true))
        {
            return;
        }

        await Task.WhenAll(_writers.Select(writer => writer.StopAsync()));
        await _watch.DisposeAsync();
        _heads.Close();
        await _source.DisposeAsync();
        _metrics.Dispose();
        _key?.Dispose();
    }

    private async Task<AppendResult?> FindContentAsync(
        EntryKind kind, string party, string id, string requestId, ReadOnlyMemory<byte> contentSha256,
        CancellationToken cancellation)
    {
        var byId = await _queries.FindIdAsync(kind, party, id, cancellation);
        if (byId is { } position && await _queries.StatedAsync(position, cancellation) is { } stated)
        {
            if (stated.IsErased)
            {
                return new(AppendStatus.Erased, LedgerPosition.None, Receipt: null);
            }

            if (stated.ContentSha256.Span.SequenceEqual(contentSha256.Span))
            {
                return new(AppendStatus.AlreadyAppended, position, await ReadReceiptAsync(position, cancellation));
            }
        }

        var reused = requestId is not "" && await _queries.HasRequestAsync(party, requestId, cancellation);
        return byId is null && !reused
            ? null
            : new(
                reused ? AppendStatus.RequestIdReused : AppendStatus.ContentDiffers, LedgerPosition.None,
                Receipt: null);
    }

    private async Task<Receipt?> ReceiptAsync(LedgerPosition position, CancellationToken cancellation) =>
        await _queries.StatedAsync(position, cancellation) is { } stated
            ? await ReceiptAsync(position, stated, cancellation)
            : null;

    private async Task<Receipt?> ReceiptAsync(
        LedgerPosition position, StatedEntry stated, CancellationToken cancellation) =>
        !stated.IsErased && await _trees.OfAsync(position, cancellation) is { } tree
            ? tree.Make(_statements[position.Shard], stated)
            : null;

    /// <exception cref="LedgerUnavailableException">The database is away, or it stops.</exception>
    private static async Task<T> ReadableAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception failure) when (failure is TimeoutException or NpgsqlException
            and not PostgresException { IsTransient: false })
        {
            throw new LedgerUnavailableException("The ledger's database does not answer.", failure);
        }
    }

    /// <summary>Entries of one order key are in one shard; keys are random numbers already.</summary>
    private int ShardOf(EntryDraft draft)
    {
        var key = draft.OrderKey?.Value
            ?? BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(draft.Party)));
        return (int)(key % (UInt128)ShardCount);
    }

    private async ValueTask<AppendResult> AnswerAsync(PendingAppend pending, CancellationToken cancellation)
    {
        await pending.Done.WaitAsync(cancellation);
        var receipt = pending.Status switch
        {
            AppendStatus.Appended => ReceiptMaker.Make(pending),
            AppendStatus.AlreadyAppended => await ReadableAsync(
                () => ReceiptAsync(new(pending.Position), pending.Earlier!.Value, cancellation)),
            _ => null,
        };
        return Told(new(pending.Status, new(pending.Position), receipt));
    }

    private AppendResult Told(AppendResult result)
    {
        _metrics.Told(result.Status);
        return result;
    }

    private int Checked(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, _options.ReadLengthMax);
        return limit;
    }
}
