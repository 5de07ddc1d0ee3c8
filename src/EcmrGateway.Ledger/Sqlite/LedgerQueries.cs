using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Receipts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>Where an id or a request id leads.</summary>
internal readonly record struct FoundEntry(long Position, bool SameContent);

/// <summary>The reads, prepared once on a connection. For one thread at a time.</summary>
internal sealed class LedgerQueries(SqliteDatabase database)
{
    private const string Entry =
        "e.position, e.kind, p.name, e.id, e.version, e.received_ms, e.content_sha256, e.payload " +
        "FROM entries e JOIN parties p ON p.party = e.party";

    private const string Party = "(SELECT party FROM parties WHERE name = ?1)";

    private readonly SqliteStatement _byId = database.Prepare(
        $"SELECT e.position, e.content_sha256 FROM ids i JOIN entries e ON e.position = i.position " +
        $"WHERE i.party = {Party} AND i.kind = ?2 AND i.id = ?3");

    private readonly SqliteStatement _byRequest = database.Prepare(
        $"SELECT e.position, e.content_sha256, e.kind, e.id FROM requests r JOIN entries e ON e.position = r.position " +
        $"WHERE r.party = {Party} AND r.request_id = ?2");

    private readonly SqliteStatement _entry = database.Prepare($"SELECT {Entry} WHERE e.position = ?1");

    private readonly SqliteStatement _ofParty = database.Prepare(
        $"SELECT {Entry} JOIN party_entries i ON i.position = e.position " +
        $"WHERE i.party = {Party} AND i.kind = ?2 AND i.position > ?3 ORDER BY i.position LIMIT ?4");

    private readonly SqliteStatement _facts = database.Prepare(
        "SELECT position, received_ms, fact, trace_parent FROM facts WHERE position > ?1 ORDER BY position LIMIT ?2");

    private readonly SqliteStatement _factsBackward = database.Prepare(
        "SELECT position, received_ms, fact, trace_parent FROM facts " +
        "WHERE position < ?1 ORDER BY position DESC LIMIT ?2");

    private readonly SqliteStatement _subject = database.Prepare(
        "SELECT f.position, f.received_ms, f.fact, f.trace_parent FROM subjects s JOIN facts f ON f.position = s.position " +
        "WHERE s.subject = ?1 AND s.event_ms >= ?2 ORDER BY s.event_ms DESC, s.position DESC LIMIT ?3");

    private readonly SqliteStatement _stated = database.Prepare(
        "SELECT kind, id, version, received_ms, salt, content_sha256 FROM entries WHERE position = ?1");

    private readonly SqliteStatement _batch = database.Prepare(
        "SELECT tree_size, root, time_ms, signature FROM batches WHERE tree_size > ?1 ORDER BY tree_size LIMIT 1");

    private readonly SqliteStatement _lastBatch = database.Prepare(
        "SELECT tree_size, root, time_ms, signature FROM batches ORDER BY tree_size DESC LIMIT 1");

    private readonly SqliteStatement _leaves = database.Prepare(
        "SELECT tree_size, leaves FROM batches WHERE tree_size > ?1 ORDER BY tree_size");

    private readonly SqliteStatement _nodes = database.Prepare(
        "SELECT hash FROM nodes WHERE level = ?1 AND idx >= ?2 AND idx < ?3 ORDER BY idx");

    /// <summary>What has this kind, party and id.</summary>
    public FoundEntry? FindId(string party, EntryKind kind, string id, ReadOnlySpan<byte> contentSha256)
    {
        var found = _byId.Bind(1, party).Bind(2, (long)kind).Bind(3, id).Step()
            ? new FoundEntry(_byId.Int64(0), _byId.Blob(1).SequenceEqual(contentSha256))
            : default(FoundEntry?);
        _byId.Reset();
        return found;
    }

    /// <summary>As the other one, for a draft.</summary>
    public FoundEntry? FindRequest(EntryDraft draft) =>
        FindRequest(draft.Party, draft.RequestId, draft.Kind, draft.Id, draft.ContentSha256.Span);

    /// <summary>What a party's request id was used for. The same content under another id is not the same.</summary>
    public FoundEntry? FindRequest(
        string party, string requestId, EntryKind kind, string id, ReadOnlySpan<byte> contentSha256)
    {
        var found = _byRequest.Bind(1, party).Bind(2, requestId).Step()
            ? new FoundEntry(
                _byRequest.Int64(0),
                _byRequest.Blob(1).SequenceEqual(contentSha256)
                && _byRequest.Int64(2) == (long)kind && _byRequest.Text(3) == id)
            : default(FoundEntry?);
        _byRequest.Reset();
        return found;
    }

    public LedgerEntry? ReadEntry(long position)
    {
        var entry = _entry.Bind(1, position).Step() ? EntryOf(_entry) : null;
        _entry.Reset();
        return entry;
    }

    public IReadOnlyList<LedgerEntry> ReadParty(string party, EntryKind kind, long after, int limit)
    {
        var entries = new List<LedgerEntry>();
        _ofParty.Bind(1, party).Bind(2, (long)kind).Bind(3, after).Bind(4, limit);
        while (_ofParty.Step())
        {
            entries.Add(EntryOf(_ofParty));
        }

        return entries;
    }

    public IReadOnlyList<RecordedFact> ReadFacts(long after, int limit) =>
        FactsOf(_facts.Bind(1, after).Bind(2, limit));

    public IReadOnlyList<RecordedFact> ReadFactsBackward(long before, int limit) =>
        FactsOf(_factsBackward.Bind(1, before).Bind(2, limit));

    public IReadOnlyList<RecordedFact> ReadSubject(ReadOnlySpan<byte> subject, long sinceMilliseconds, int limit) =>
        FactsOf(_subject.Bind(1, subject).Bind(2, sinceMilliseconds).Bind(3, limit));

    /// <summary>What the statement of an entry says.</summary>
    public StatedEntry? ReadStated(long position)
    {
        StatedEntry? stated = _stated.Bind(1, position).Step()
            ? new(
                position, (EntryKind)_stated.Int64(0), _stated.Text(1), (int)_stated.Int64(2), _stated.Int64(3),
                _stated.Bytes(4), _stated.Bytes(5))
            : null;
        _stated.Reset();
        return stated;
    }

    /// <summary>The head of the first tree that holds a position.</summary>
    public TreeHead? ReadTreeHead(long position, string logId) => HeadOf(_batch.Bind(1, position), logId);

    public TreeHead? ReadLastTreeHead(string logId) => HeadOf(_lastBatch, logId);

    /// <summary>Leaf hashes from one position up to, not including, another; all must be there.</summary>
    public byte[] ReadLeaves(long from, long to)
    {
        var hashes = new byte[(to - from) * MerkleHash.Length];
        var next = from;
        _leaves.Bind(1, from);
        while (next < to && _leaves.Step())
        {
            var leaves = _leaves.Blob(1);
            var first = _leaves.Int64(0) - (leaves.Length / MerkleHash.Length);
            var part = leaves[(int)((next - first) * MerkleHash.Length)..];
            part = part[..(int)Math.Min(part.Length, (to - next) * MerkleHash.Length)];
            part.CopyTo(hashes.AsSpan((int)((next - from) * MerkleHash.Length)));
            next += part.Length / MerkleHash.Length;
        }

        _leaves.Reset();
        return hashes;
    }

    /// <summary>Stored nodes of a level from one index up to, not including, another; all must be there.</summary>
    public byte[] ReadNodes(int level, long from, long to)
    {
        var hashes = new byte[(to - from) * MerkleHash.Length];
        var next = 0;
        _nodes.Bind(1, level).Bind(2, from).Bind(3, to);
        while (_nodes.Step())
        {
            _nodes.Blob(0).CopyTo(hashes.AsSpan(next));
            next += MerkleHash.Length;
        }

        return hashes;
    }

    private static TreeHead? HeadOf(SqliteStatement row, string logId)
    {
        var head = row.Step()
            ? new TreeHead
            {
                LogId = logId,
                TreeSize = (ulong)row.Int64(0),
                RootHash = ByteString.CopyFrom(row.Blob(1)),
                Time = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(2))),
                Signature = ByteString.CopyFrom(row.Blob(3)),
            }
            : null;
        row.Reset();
        return head;
    }

    private static LedgerEntry EntryOf(SqliteStatement row) => new(
        new(row.Int64(0)), (EntryKind)row.Int64(1), row.Text(2), row.Text(3), (int)row.Int64(4),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(5)), row.Bytes(7), row.Bytes(6));

    private static List<RecordedFact> FactsOf(SqliteStatement rows)
    {
        var facts = new List<RecordedFact>();
        while (rows.Step())
        {
            facts.Add(new(
                new(rows.Int64(0)), DateTimeOffset.FromUnixTimeMilliseconds(rows.Int64(1)), rows.Bytes(2),
                rows.Text(3)));
        }

        return facts;
    }
}
