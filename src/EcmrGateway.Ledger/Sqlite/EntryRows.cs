using System.Runtime.InteropServices;
using Ecmr.Receipt.V1;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>The rows of entries, each by a prepared statement. For one thread, within a transaction.</summary>
internal sealed class EntryRows(SqliteDatabase database)
{
    private readonly SqliteStatement _id = database.Prepare(
        "INSERT INTO ids (party, kind, id, position) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _idGone = database.Prepare(
        "DELETE FROM ids WHERE party = ?1 AND kind = ?2 AND id = ?3");

    private readonly SqliteStatement _request = database.Prepare(
        "INSERT INTO requests (party, request_id, position) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");

    private readonly SqliteStatement _entry = database.Prepare(
        "INSERT INTO entries (position, kind, party, id, version, received_ms, content_sha256, salt, payload) " +
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");

    private readonly SqliteStatement _ofParty = database.Prepare(
        "INSERT INTO party_entries (party, kind, position) VALUES (?1, ?2, ?3)");

    private readonly SqliteStatement _fact = database.Prepare(
        "INSERT INTO facts (position, received_ms, trace_parent, fact) VALUES (?1, ?2, ?3, ?4)");

    private readonly SqliteStatement _subject = database.Prepare(
        "INSERT INTO subjects (subject, event_ms, position) VALUES (?1, ?2, ?3)");

    private readonly SqliteStatement _batch = database.Prepare(
        "INSERT INTO batches (tree_size, root, time_ms, signature, leaves) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly SqliteStatement _node = database.Prepare(
        "INSERT INTO nodes (level, idx, hash) VALUES (?1, ?2, ?3)");

    private readonly PartyNumbers _parties = new(database);
    private readonly List<SubjectRow> _subjects = [];

    /// <returns>False when the party has an entry of that kind and id.</returns>
    public bool TryInsertId(EntryDraft draft, long position)
    {
        _id.Bind(1, _parties.Of(draft.Party)).Bind(2, (long)draft.Kind).Bind(3, draft.Id).Bind(4, position).Run();
        return database.Changes == 1;
    }

    public void DeleteId(EntryDraft draft) =>
        _idGone.Bind(1, _parties.Of(draft.Party)).Bind(2, (long)draft.Kind).Bind(3, draft.Id).Run();

    /// <returns>False when the party used that request id before.</returns>
    public bool TryInsertRequest(EntryDraft draft, long position)
    {
        _request.Bind(1, _parties.Of(draft.Party)).Bind(2, draft.RequestId).Bind(3, position).Run();
        return database.Changes == 1;
    }

    /// <summary>The entry with its fact. Its subjects wait for <see cref="InsertSubjects"/>.</summary>
    public void InsertEntry(PendingAppend append)
    {
        var draft = append.Draft;
        var party = _parties.Of(draft.Party);
        var received = draft.ReceivedTime.ToUnixTimeMilliseconds();
        _entry.Bind(1, append.Position).Bind(2, (long)draft.Kind).Bind(3, party).Bind(4, draft.Id)
            .Bind(5, draft.Version).Bind(6, received).Bind(7, draft.ContentSha256.Span).Bind(8, append.Salt.Span)
            .Bind(9, draft.Payload.Span).Run();
        _ofParty.Bind(1, party).Bind(2, (long)draft.Kind).Bind(3, append.Position).Run();
        if (draft.Fact.IsEmpty)
        {
            return;
        }

        _fact.Bind(1, append.Position).Bind(2, received).Bind(3, draft.TraceParent).Bind(4, draft.Fact.Span).Run();
        AddSubjects(draft, append.Position);
    }

    /// <summary>Inserted in the order of the index, so that neighbours go to one page while it is at hand.</summary>
    public void InsertSubjects()
    {
        Span<byte> key = stackalloc byte[SubjectKey.Length];
        _subjects.Sort();
        foreach (ref readonly var row in CollectionsMarshal.AsSpan(_subjects))
        {
            row.Key.WriteTo(key);
            _subject.Bind(1, key).Bind(2, row.EventMilliseconds).Bind(3, row.Position).Run();
        }

        _subjects.Clear();
    }

    public void InsertBatch(TreeHead head, ReadOnlySpan<byte> leaves) =>
        _batch.Bind(1, (long)head.TreeSize).Bind(2, head.RootHash.Span)
            .Bind(3, head.Time.ToDateTimeOffset().ToUnixTimeMilliseconds()).Bind(4, head.Signature.Span)
            .Bind(5, leaves).Run();

    public void InsertNode(int level, long index, ReadOnlySpan<byte> hash) =>
        _node.Bind(1, level).Bind(2, index).Bind(3, hash).Run();

    /// <summary>A subject that is there twice, as a vehicle on two legs, counts once, with its latest event time.</summary>
    private void AddSubjects(EntryDraft draft, long position)
    {
        var first = _subjects.Count;
        foreach (var subject in draft.Subjects)
        {
            var row = new SubjectRow(
                new(subject.Kind, subject.Subject.Value, draft.Kind), subject.EventTime.ToUnixTimeMilliseconds(), position);
            var same = _subjects.FindIndex(first, other => other.Key == row.Key);
            if (same < 0)
            {
                _subjects.Add(row);
            }
            else if (_subjects[same].EventMilliseconds < row.EventMilliseconds)
            {
                _subjects[same] = row;
            }
        }
    }

    private readonly record struct SubjectRow(SubjectKey Key, long EventMilliseconds, long Position)
        : IComparable<SubjectRow>
    {
        public int CompareTo(SubjectRow other)
        {
            var order = Key.CompareTo(other.Key);
            order = order != 0 ? order : EventMilliseconds.CompareTo(other.EventMilliseconds);
            return order != 0 ? order : Position.CompareTo(other.Position);
        }
    }
}
