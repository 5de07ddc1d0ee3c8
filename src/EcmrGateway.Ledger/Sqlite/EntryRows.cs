using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>
/// The rows of entries and of the tree, each by a prepared statement. For one thread, within a transaction.
/// </summary>
internal sealed class EntryRows(SqliteDatabase database)
{
    private readonly SqliteStatement _entry = database.Prepare(
        "INSERT INTO entries (position, kind, party, id, version, received_ms, content_sha256, salt, payload) " +
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");

    private readonly SqliteStatement _fact = database.Prepare(
        "INSERT INTO facts (position, received_ms, trace_parent, fact) VALUES (?1, ?2, ?3, ?4)");

    private readonly SqliteStatement _batch = database.Prepare(
        "INSERT INTO batches (tree_size, root, time_ms, signature, leaves) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly SqliteStatement _node = database.Prepare(
        "INSERT INTO nodes (level, idx, hash) VALUES (?1, ?2, ?3)");

    public void InsertEntry(PendingAppend append, long party)
    {
        var draft = append.Draft;
        var received = draft.ReceivedTime.ToUnixTimeMilliseconds();
        _entry.Bind(1, append.Position).Bind(2, (long)draft.Kind).Bind(3, party).Bind(4, draft.Id)
            .Bind(5, draft.Version).Bind(6, received).Bind(7, draft.ContentSha256.Span).Bind(8, append.Salt.Span)
            .Bind(9, draft.Payload.Span).Run();
        if (!draft.Fact.IsEmpty)
        {
            _fact.Bind(1, append.Position).Bind(2, received).Bind(3, draft.TraceParent).Bind(4, draft.Fact.Span).Run();
        }
    }

    public void InsertBatch(TreeHead head, ReadOnlySpan<byte> leaves) =>
        _batch.Bind(1, (long)head.TreeSize).Bind(2, head.RootHash.Span)
            .Bind(3, head.Time.ToDateTimeOffset().ToUnixTimeMilliseconds()).Bind(4, head.Signature.Span)
            .Bind(5, leaves).Run();

    public void InsertNode(int level, long index, ReadOnlySpan<byte> hash) =>
        _node.Bind(1, level).Bind(2, index).Bind(3, hash).Run();
}
