using Microsoft.Data.Sqlite;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>The writer's side of the indices: finds what is there, logs what is new, merges what is due.</summary>
/// <remarks>
/// For one thread. An entry of the running batch is found too, though nobody else sees it before the commit.
/// </remarks>
internal sealed class BatchIndex : IDisposable
{
    /// <summary>
    /// Rows merged at once at least. A lone caller meets a slice with fewer than one in a hundred appends, and pays
    /// some milliseconds then.
    /// </summary>
    private const int SliceMin = 1_024;

    private readonly LedgerQueries _queries;
    private readonly IndexBacklog _backlog;
    private readonly IndexRows _rows;
    private readonly PartyNumbers _parties;
    private readonly int _generationLength;
    private readonly IndexLog _log = new();
    private readonly List<IndexEntry> _entries = [];
    private readonly Dictionary<IdKey, long> _ids = [];
    private readonly Dictionary<RequestKey, long> _requests = [];
    private IndexMerge? _merge;
    private long _due;

    public BatchIndex(SqliteDatabase database, LedgerQueries queries, IndexBacklog backlog, int generationLength)
    {
        (_queries, _backlog, _generationLength) = (queries, backlog, generationLength);
        _rows = new(database);
        _parties = new(database);
    }

    public long PartyOf(EntryDraft draft) => _parties.Of(draft.Party);

    /// <summary>Position of the entry with that id; null: there is none.</summary>
    public long? FindId(EntryDraft draft, long party)
    {
        var key = new IdKey(party, draft.Kind, draft.Id);
        return _ids.TryGetValue(key, out var position) ? position : _backlog.FindId(key) ?? _queries.FindId(key);
    }

    /// <summary>Position of the entry that the request was used for; null: it was not used.</summary>
    public long? FindRequest(EntryDraft draft, long party)
    {
        if (draft.RequestId is "")
        {
            return null;
        }

        var key = new RequestKey(party, draft.RequestId);
        return _requests.TryGetValue(key, out var position)
            ? position
            : _backlog.FindRequest(key) ?? _queries.FindRequest(key);
    }

    public void Add(EntryDraft draft, long party, long position)
    {
        var entry = IndexEntry.Of(draft, party, position);
        _entries.Add(entry);
        _ids.Add(entry.IdKey, position);
        if (entry.RequestId is not "")
        {
            _requests.Add(entry.RequestKey, position);
        }
    }

    /// <summary>One more request for an entry that is there. Rare, so it goes to the table at once.</summary>
    public void AddRequest(EntryDraft draft, long party, long position) =>
        _rows.InsertRequest(new(party, draft.RequestId), position);

    /// <summary>Logs the batch, and merges as many rows of older ones as keep the backlog within its bounds.</summary>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    public void WriteBatch(long treeSize)
    {
        _rows.InsertLog(treeSize, _log.Write(_entries));
        if (_backlog.TryFreeze(_generationLength) is { } frozen)
        {
            (_merge, _due) = (new(frozen), 0);
        }

        if (_merge is null)
        {
            return;
        }

        // A quarter faster than entries come, so that a generation is merged before the next one is full.
        _due += (long)_entries.Count * _merge.Rows * 5 / (4 * _generationLength);
        if (_due >= Math.Min(SliceMin, _merge.Rows) && _merge.IsSorted)
        {
            _merge.Write(_rows, _due);
            _due = 0;
        }

        if (_merge.IsDone)
        {
            _rows.FinishMerge(_merge.Last);
        }
    }

    /// <summary>After the commit: what was new is found by all.</summary>
    public void Committed()
    {
        _backlog.Publish(_entries);
        _entries.Clear();
        _ids.Clear();
        _requests.Clear();
        if (_merge is { IsDone: true })
        {
            _backlog.DropMerged();
            _merge = null;
        }
    }

    public void Dispose() => _log.Dispose();
}
