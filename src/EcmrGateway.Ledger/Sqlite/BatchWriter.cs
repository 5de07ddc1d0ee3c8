using System.Security.Cryptography;
using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Keys;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Receipts;
using Microsoft.Data.Sqlite;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>Writes batches, each in one transaction. For one thread, on a connection of its own.</summary>
/// <remarks>
/// 1. Decide for each append, in order of arrival, whether it is new; what is new gets the next position.
/// 2. Write its rows, and its leaf hash behind those of the batch.
/// 3. Grow the tree by the batch's leaves, sign its head, write both.
/// 4. Commit: from here on it is promised.
/// After an exception nothing of the batch is there, or all of it; the object must not be used any more.
/// </remarks>
internal sealed class BatchWriter : IDisposable
{
    private const int SaltLength = 32;

    private readonly SqliteDatabase _database;
    private readonly LedgerQueries _queries;
    private readonly EntryRows _rows;
    private readonly BatchIndex _index;
    private readonly TreeHeadKey _key;
    private readonly ReceiptStatement _statement;
    private readonly TimeProvider _time;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private TreeFrontier _frontier;

    private BatchWriter(
        SqliteDatabase database, TreeHeadKey key, IndexBacklog backlog, int generationLength, TimeProvider time)
    {
        _database = database;
        _key = key;
        _time = time;
        _statement = new(key.LogId);
        _queries = new(database, backlog);
        _rows = new(database);
        _index = new(database, _queries, backlog, generationLength);
        _begin = database.Prepare("BEGIN IMMEDIATE");
        _commit = database.Prepare("COMMIT");
        _rollback = database.Prepare("ROLLBACK");
        (Head, _frontier) = StoredHead.Read(_queries, database, key);
        FactIndex = database.Scalar("SELECT coalesce(max(position), -1) FROM facts");
        backlog.Reset(StoredHead.ReadBacklog(_queries, database, (long)Head.TreeSize));
    }

    /// <summary>The newest head that is on disk.</summary>
    public TreeHead Head { get; private set; }

    /// <summary>Index of the newest entry with a fact that is on disk; -1: none.</summary>
    public long FactIndex { get; private set; }

    /// <summary>
    /// Opens the database, or makes it with its first entry, and takes up where the last writer ended.
    /// </summary>
    /// <exception cref="LedgerOpenException">The file is not what it should be.</exception>
    /// <exception cref="SqliteException">The disk does not do what it should.</exception>
    public static BatchWriter Open(
        string path, TreeHeadKey key, IndexBacklog backlog, int generationLength, TimeProvider time)
    {
        var database = SqliteDatabase.Open(path, readOnly: false);
        try
        {
            LedgerSchema.Prepare(database, path, key.LogId);
            var writer = new BatchWriter(database, key, backlog, generationLength, time);
            if (writer.Head.TreeSize == 0)
            {
                writer.Write([new(Genesis(time))]);
            }

            return writer;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// After a failed write: whether the disk takes what it should, before anything is promised again.
    /// </summary>
    /// <remarks>
    /// A commit may be in the log whose flush failed. The system may call its pages clean and still lose them, so a
    /// later flush proves nothing about them: they are copied into the database, which is flushed, and the log begins
    /// anew. Then one page is written and flushed.
    /// </remarks>
    /// <exception cref="SqliteException">It does not.</exception>
    /// <exception cref="IOException">A reader holds the log.</exception>
    public void Probe()
    {
        if (_database.Scalar("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
        {
            throw new IOException("The log of the database could not be emptied, as it was being read.");
        }

        _database.Execute("UPDATE meta SET value = value + 1 WHERE name = 'probe'");
    }

    /// <summary>Fills in the appends. They are not completed, so that what is told is told after the commit.</summary>
    /// <returns>Null when nothing new was in it.</returns>
    public CommittedBatch? Write(List<PendingAppend> batch)
    {
        _begin.Run();
        try
        {
            var committed = WriteRows(batch);
            _commit.Run();
            if (committed is not null)
            {
                _index.Committed();
                _frontier = committed.Tree.Frontier;
                Head = committed.Head;
                FactIndex = committed.FactIndex;
            }

            return committed;
        }
        catch
        {
            // The connection is given up in any case; this frees the pages now.
            TryRollback();
            throw;
        }
    }

    public void Dispose()
    {
        _index.Dispose();
        _database.Dispose();
    }

    private CommittedBatch? WriteRows(List<PendingAppend> batch)
    {
        var salts = RandomNumberGenerator.GetBytes(batch.Count * SaltLength);
        var leaves = new byte[batch.Count * MerkleHash.Length];
        var count = 0;
        var factIndex = FactIndex;
        foreach (var append in batch)
        {
            var party = _index.PartyOf(append.Draft);
            Decide(append, party, _frontier.Size + count);
            if (append.Status is not AppendStatus.Appended)
            {
                continue;
            }

            append.Salt = salts.AsMemory(count * SaltLength, SaltLength);
            _rows.InsertEntry(append, party);
            _index.Add(append.Draft, party, append.Position);
            WriteLeaf(append, leaves.AsSpan(count * MerkleHash.Length, MerkleHash.Length));
            factIndex = append.Draft.Fact.IsEmpty ? factIndex : append.Position;
            count++;
        }

        if (count == 0)
        {
            return null;
        }

        _index.WriteBatch(_frontier.Size + count);
        var committed = Grow(leaves.AsMemory(0, count * MerkleHash.Length), factIndex);
        foreach (var append in batch)
        {
            append.Batch = append.Status is AppendStatus.Appended ? committed : null;
        }

        return committed;
    }

    /// <summary>The precedence is the order of <see cref="AppendStatus"/>.</summary>
    private void Decide(PendingAppend append, long party, long next)
    {
        var draft = append.Draft;
        var byId = _index.FindId(draft, party);
        if (byId is { } position && _queries.IsContentOf(position, draft.ContentSha256.Span))
        {
            (append.Status, append.Position) = (AppendStatus.AlreadyAppended, position);
            if (draft.RequestId is not "" && _index.FindRequest(draft, party) is null)
            {
                // Kept, so that it cannot be used for other content later.
                _index.AddRequest(draft, party, position);
            }
        }
        else if (byId is { } erased && _queries.IsErased(erased))
        {
            (append.Status, append.Position) = (AppendStatus.Erased, LedgerPosition.None.Value);
        }
        else if (_index.FindRequest(draft, party) is not null)
        {
            (append.Status, append.Position) = (AppendStatus.RequestIdReused, LedgerPosition.None.Value);
        }
        else if (byId is not null)
        {
            (append.Status, append.Position) = (AppendStatus.ContentDiffers, LedgerPosition.None.Value);
        }
        else
        {
            (append.Status, append.Position) = (AppendStatus.Appended, next);
        }
    }

    private void WriteLeaf(PendingAppend append, Span<byte> leaf)
    {
        append.Statement = _statement.Of(append.Stated);
        MerkleHash.Leaf(append.Statement.Span, leaf);
    }

    private CommittedBatch Grow(ReadOnlyMemory<byte> leaves, long factIndex)
    {
        var tree = GrownTree.Grow(_frontier, leaves);
        var head = _key.Sign(_key.LogId, tree.Size, tree.Root, _time.GetUtcNow());
        _rows.InsertBatch(head, leaves.Span);
        for (var level = StoredTree.Stride; level < TreeFrontier.LevelsMax; level += StoredTree.Stride)
        {
            foreach (var (index, hash) in tree.CompletedAt(level, _frontier.Size))
            {
                _rows.InsertNode(level, index, hash.Span);
            }
        }

        return new(tree, head, factIndex);
    }

    /// <summary>Position 0, so that no receipt has an empty path.</summary>
    private static EntryDraft Genesis(TimeProvider time) => new()
    {
        Kind = EntryKind.Genesis,
        Party = "ledger",
        Id = "genesis",
        Payload = ReadOnlyMemory<byte>.Empty,
        ContentSha256 = SHA256.HashData([]),
        ReceivedTime = time.GetUtcNow(),
    };

    private void TryRollback()
    {
        try
        {
            _rollback.Run();
        }
        catch (SqliteException)
        {
            // SQLite had rolled back itself, as it does on a full disk.
        }
    }
}
