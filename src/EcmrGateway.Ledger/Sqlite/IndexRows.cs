using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>The rows of the indices, each by a prepared statement. A row that is there already stays.</summary>
internal sealed class IndexRows(SqliteDatabase database)
{
    private readonly SqliteStatement _subject = database.Prepare(
        "INSERT INTO subjects (subject, event_ms, position) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _id = database.Prepare(
        "INSERT INTO ids (party, kind, id, position) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _request = database.Prepare(
        "INSERT INTO requests (party, request_id, position) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _ofParty = database.Prepare(
        "INSERT INTO party_entries (party, kind, position) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _log = database.Prepare(
        "INSERT INTO index_log (tree_size, entries) VALUES (?1, ?2)");

    private readonly SqliteStatement _logGone = database.Prepare("DELETE FROM index_log WHERE tree_size <= ?1");

    private readonly SqliteStatement _indexed = database.Prepare("UPDATE meta SET value = ?1 WHERE name = 'indexed'");

    public void InsertSubject(in SubjectKey key, in HistoryPlace place)
    {
        Span<byte> bytes = stackalloc byte[SubjectKey.Length];
        key.WriteTo(bytes);
        _subject.Bind(1, bytes).Bind(2, place.EventMilliseconds).Bind(3, place.Position).Run();
    }

    public void InsertId(in IdKey key, long position) =>
        _id.Bind(1, key.Party).Bind(2, (long)key.Kind).Bind(3, key.Id).Bind(4, position).Run();

    public void InsertRequest(in RequestKey key, long position) =>
        _request.Bind(1, key.Party).Bind(2, key.RequestId).Bind(3, position).Run();

    public void InsertOfParty(long party, EntryKind kind, long position) =>
        _ofParty.Bind(1, party).Bind(2, (long)kind).Bind(3, position).Run();

    public void InsertLog(long treeSize, ReadOnlySpan<byte> entries) => _log.Bind(1, treeSize).Bind(2, entries).Run();

    /// <summary>The tables hold everything up to a position, so the log need not.</summary>
    public void FinishMerge(long last)
    {
        _indexed.Bind(1, last).Run();
        _logGone.Bind(1, last + 1).Run();
    }
}
