using Ecmr.Receipt.V1;
using EcmrGateway.Ledger.Append;
using EcmrGateway.Ledger.Merkle;
using EcmrGateway.Ledger.Receipts;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>The reads, prepared once on a connection. For one thread at a time.</summary>
internal sealed class LedgerQueries(SqliteDatabase database, IndexBacklog backlog) : ITreeRows
{
    private const string Entry =
        "e.position, e.kind, p.name, e.id, e.version, e.received_ms, e.content_sha256, e.payload " +
        "FROM entries e JOIN parties p ON p.party = e.party";

    private const string Fact = "SELECT position, received_ms, fact, trace_parent FROM facts";

    private readonly SqliteStatement _party = database.Prepare("SELECT party FROM parties WHERE name = ?1");

    private readonly SqliteStatement _byId = database.Prepare(
        "SELECT position FROM ids WHERE party = ?1 AND kind = ?2 AND id = ?3");

    private readonly SqliteStatement _byRequest = database.Prepare(
        "SELECT position FROM requests WHERE party = ?1 AND request_id = ?2");

    private readonly SqliteStatement _content = database.Prepare(
        "SELECT content_sha256 FROM entries WHERE position = ?1");

    private readonly SqliteStatement _entry = database.Prepare($"SELECT {Entry} WHERE e.position = ?1");

    private readonly SqliteStatement _ofParty = database.Prepare(
        "SELECT position FROM party_entries WHERE party = ?1 AND kind = ?2 AND position > ?3 " +
        "ORDER BY position LIMIT ?4");

    private readonly SqliteStatement _fact = database.Prepare($"{Fact} WHERE position = ?1");

    private readonly SqliteStatement _facts = database.Prepare(
        $"{Fact} WHERE position > ?1 ORDER BY position LIMIT ?2");

    private readonly SqliteStatement _factsBackward = database.Prepare(
        $"{Fact} WHERE position < ?1 ORDER BY position DESC LIMIT ?2");

    private readonly SqliteStatement _subject = database.Prepare(
        "SELECT event_ms, position FROM subjects WHERE subject = ?1 AND event_ms >= ?2 " +
        "ORDER BY event_ms DESC, position DESC LIMIT ?3");

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

    private readonly SqliteStatement _log = database.Prepare(
        "SELECT tree_size, entries FROM index_log ORDER BY tree_size");

    /// <summary>Number of a party; null: it has no entry.</summary>
    public long? PartyOf(string name) => One(_party.Bind(1, name));

    /// <summary>Position of the entry with a key, in the tables alone.</summary>
    public long? FindId(in IdKey key) => One(_byId.Bind(1, key.Party).Bind(2, (long)key.Kind).Bind(3, key.Id));

    /// <summary>Position of the entry with a key, in the tables alone.</summary>
    public long? FindRequest(in RequestKey key) => One(_byRequest.Bind(1, key.Party).Bind(2, key.RequestId));

    /// <summary>Position of the entry with a key, in the backlog or the tables.</summary>
    public long? FindNewestId(in IdKey key) => backlog.FindId(key) ?? FindId(key);

    /// <summary>Position of the entry with a key, in the backlog or the tables.</summary>
    public long? FindNewestRequest(in RequestKey key) => backlog.FindRequest(key) ?? FindRequest(key);

    public bool IsContentOf(long position, ReadOnlySpan<byte> contentSha256)
    {
        var same = _content.Bind(1, position).Step() && _content.Blob(0).SequenceEqual(contentSha256);
        _content.Reset();
        return same;
    }

    /// <summary>Whether the content of the entry that is there was destroyed.</summary>
    public bool IsErased(long position) => IsContentOf(position, []);

    public LedgerEntry? ReadEntry(long position)
    {
        var entry = _entry.Bind(1, position).Step() ? EntryOf(_entry) : null;
        _entry.Reset();
        return entry;
    }

    public IReadOnlyList<LedgerEntry> ReadParty(string party, EntryKind kind, long after, int limit)
    {
        if (PartyOf(party) is not { } number)
        {
            return [];
        }

        var positions = new SortedSet<long>(backlog.OfParty(number, kind, after, limit));
        _ofParty.Bind(1, number).Bind(2, (long)kind).Bind(3, after).Bind(4, limit);
        while (_ofParty.Step())
        {
            positions.Add(_ofParty.Int64(0));
        }

        return [.. positions.Take(limit).Select(position => ReadEntry(position)!)];
    }

    public IReadOnlyList<RecordedFact> ReadFacts(long after, int limit) =>
        FactsOf(_facts.Bind(1, after).Bind(2, limit));

    public IReadOnlyList<RecordedFact> ReadFactsBackward(long before, int limit) =>
        FactsOf(_factsBackward.Bind(1, before).Bind(2, limit));

    public IReadOnlyList<RecordedFact> ReadSubject(in SubjectKey subject, long sinceMilliseconds, int limit)
    {
        Span<byte> key = stackalloc byte[SubjectKey.Length];
        subject.WriteTo(key);
        var places = new SortedSet<HistoryPlace>(backlog.OfSubject(subject, sinceMilliseconds, limit));
        _subject.Bind(1, key).Bind(2, sinceMilliseconds).Bind(3, limit);
        while (_subject.Step())
        {
            places.Add(new(_subject.Int64(0), _subject.Int64(1)));
        }

        return [.. places.Reverse().Take(limit).SelectMany(place => FactsOf(_fact.Bind(1, place.Position)))];
    }

    /// <summary>What the indices' tables do not hold, oldest first.</summary>
    public List<IndexEntry> ReadIndexLog()
    {
        var entries = new List<IndexEntry>();
        while (_log.Step())
        {
            entries.AddRange(IndexLog.Read(_log.Bytes(1), _log.Int64(0)));
        }

        return entries;
    }

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

    private static long? One(SqliteStatement row)
    {
        var value = row.Step() ? row.Int64(0) : default(long?);
        row.Reset();
        return value;
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
