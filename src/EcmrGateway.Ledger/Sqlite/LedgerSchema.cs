using System.Globalization;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>The tables, and how an older database becomes one of this program. Forward only.</summary>
/// <remarks>
/// entries        what was recorded; the rowid is the position
/// facts          the fact of an entry, apart from it, so that reading facts does not read payloads
/// subjects       which facts belong to whose history; key: kind, pseudonym and kind of entry in one blob
/// ids, requests  what makes an append repeatable: both lead to the entry
/// party_entries  a party's entries in their order
/// index_log      of the newest batches, what these four tables do not hold yet; see IndexBacklog
/// batches        one row for each transaction: the signed head of the tree after it, and its leaf hashes
/// nodes          complete subtrees of 2^8, 2^16 and so on leaves: enough to make any proof with few reads
/// Keys begin with the party, so that ids which grow with time are inserted side by side.
/// </remarks>
internal static class LedgerSchema
{
    /// <summary>"eCMR" in ASCII: tells our files from others'.</summary>
    public const int ApplicationId = 0x65434D52;

    public const int Version = 1;

    /// <summary>Three entries of 2 KB fit on one page; on 4 KiB pages only one does.</summary>
    private const int PageSize = 8192;

    /// <summary>
    /// The inner pages of the indices of some ten million entries, and a batch: a page that is dropped within a
    /// transaction is written twice.
    /// </summary>
    private const int CacheKibibytes = 64 * 1024;

    /// <summary>
    /// Pages in the log at which the writer moves them into the database: 8 MiB. Callers wait meanwhile, so little and
    /// often: at 4,000 pages the slowest hundredth of batches took twice as long. A thread beside the writer was tried;
    /// under load it never caught up, and the log grew until the writer had to wait for all of it.
    /// </summary>
    private const int CheckpointPages = 1_000;

    private const string Tables =
        """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
        CREATE TABLE parties (party INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE entries (
          position INTEGER PRIMARY KEY, kind INTEGER NOT NULL, party INTEGER NOT NULL, id TEXT NOT NULL,
          version INTEGER NOT NULL, received_ms INTEGER NOT NULL, content_sha256 BLOB NOT NULL, salt BLOB NOT NULL,
          payload BLOB NOT NULL);
        CREATE TABLE facts (
          position INTEGER PRIMARY KEY, received_ms INTEGER NOT NULL, trace_parent TEXT NOT NULL, fact BLOB NOT NULL);
        CREATE TABLE subjects (
          subject BLOB NOT NULL, event_ms INTEGER NOT NULL, position INTEGER NOT NULL,
          PRIMARY KEY (subject, event_ms, position)) WITHOUT ROWID;
        CREATE TABLE ids (
          party INTEGER NOT NULL, kind INTEGER NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL,
          PRIMARY KEY (party, kind, id)) WITHOUT ROWID;
        CREATE TABLE requests (
          party INTEGER NOT NULL, request_id TEXT NOT NULL, position INTEGER NOT NULL,
          PRIMARY KEY (party, request_id)) WITHOUT ROWID;
        CREATE TABLE party_entries (
          party INTEGER NOT NULL, kind INTEGER NOT NULL, position INTEGER NOT NULL,
          PRIMARY KEY (party, kind, position)) WITHOUT ROWID;
        CREATE TABLE batches (
          tree_size INTEGER PRIMARY KEY, root BLOB NOT NULL, time_ms INTEGER NOT NULL, signature BLOB NOT NULL,
          leaves BLOB NOT NULL);
        CREATE TABLE index_log (tree_size INTEGER PRIMARY KEY, entries BLOB NOT NULL);
        CREATE TABLE nodes (
          level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, idx)) WITHOUT ROWID;
        """;

    /// <summary>Makes the tables of a new database, or checks that those that are there are ours.</summary>
    /// <exception cref="LedgerOpenException">
    /// The file is not a ledger, or of a newer or older program, or of another key.
    /// </exception>
    public static void Prepare(SqliteDatabase database, string path, string logId)
    {
        // Looked at before anything is written: a file of something else stays as it was.
        var application = database.Scalar("PRAGMA application_id");
        var version = database.Scalar("PRAGMA user_version");
        var empty = application == 0 && database.Scalar("SELECT count(*) FROM sqlite_master") == 0;
        if (!empty && application != ApplicationId)
        {
            throw new LedgerOpenException($"{path} is a database, but not of a ledger.");
        }

        if (!empty && version != Version)
        {
            var (whose, remedy) = version > Version
                ? ("a newer program", "Use that program.")
                : ("an older program", "Use that program: this one cannot bring it up to date.");
            throw new LedgerOpenException(string.Create(
                CultureInfo.InvariantCulture,
                $"{path} is of {whose}: it has schema {version}, and this program knows schema {Version}. {remedy}"));
        }

        database.SetNumber("page_size", PageSize);
        if (database.ScalarText("PRAGMA journal_mode = WAL") != "wal")
        {
            throw new LedgerOpenException($"{path} is on a file system without shared memory, which WAL mode needs.");
        }

        database.Execute("PRAGMA synchronous = FULL");
        database.SetNumber("cache_size", -CacheKibibytes);
        database.SetNumber("wal_autocheckpoint", CheckpointPages);
        if (empty)
        {
            Create(database, logId);
        }

        if (database.ScalarText("SELECT value FROM meta WHERE name = 'log_id'") != logId)
        {
            throw new LedgerOpenException(
                $"{path} was made with another signing key. Put that key back: receipts name it.");
        }
    }

    private static void Create(SqliteDatabase database, string logId)
    {
        database.Execute("BEGIN IMMEDIATE");
        foreach (var statement in Tables.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            database.Execute(statement);
        }

        database.Prepare("INSERT INTO meta (name, value) VALUES ('log_id', ?1), ('probe', 0), ('indexed', -1)")
            .Bind(1, logId).Run();
        database.SetNumber("application_id", ApplicationId);
        database.SetNumber("user_version", Version);
        database.Execute("COMMIT");
    }
}
