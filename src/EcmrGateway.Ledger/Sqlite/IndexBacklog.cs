using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>The newest index entries, which the tables of the indices do not hold yet.</summary>
/// <remarks>
/// Ids, requests and subjects come in no order, so that each row would dirty a page of its own: with 50,000 entries
/// there, an append of 2.4 KB wrote 75 KB. So they are collected here and go to the tables later, sorted, many to a
/// page: 9 KB with 200,000 entries. On disk they are in the batch's log at once, in the transaction of the entry.
/// Two generations: one collects, the other is being merged. Who reads looks here first and then at the tables: what is
/// merged in between is then found twice and never missed. May be called by many threads at once.
/// </remarks>
internal sealed class IndexBacklog
{
    private readonly Lock _gate = new();
    private IndexGeneration _collecting = new();
    private IndexGeneration? _merging;

    /// <summary>Starts anew with what the log holds.</summary>
    public void Reset(IEnumerable<IndexEntry> entries)
    {
        lock (_gate)
        {
            (_collecting, _merging) = (new(), null);
            foreach (var entry in entries)
            {
                _collecting.Add(entry);
            }
        }
    }

    /// <summary>Makes a committed batch visible.</summary>
    public void Publish(List<IndexEntry> entries)
    {
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                _collecting.Add(entry);
            }
        }
    }

    /// <summary>Begins a new generation when this one has so many entries and the one before is merged.</summary>
    /// <returns>What is to be merged and is not changed any more; null: nothing yet.</returns>
    public List<IndexEntry>? TryFreeze(int length)
    {
        lock (_gate)
        {
            if (_merging is not null || _collecting.Entries.Count < length)
            {
                return null;
            }

            (_merging, _collecting) = (_collecting, new());
            return _merging.Entries;
        }
    }

    /// <summary>The frozen generation is in the tables, and committed.</summary>
    public void DropMerged()
    {
        lock (_gate)
        {
            _merging = null;
        }
    }

    public long? FindId(in IdKey key)
    {
        lock (_gate)
        {
            return _collecting.FindId(key) ?? _merging?.FindId(key);
        }
    }

    public long? FindRequest(in RequestKey key)
    {
        lock (_gate)
        {
            return _collecting.FindRequest(key) ?? _merging?.FindRequest(key);
        }
    }

    /// <summary>Positions of a party's entries, in their order; at least the first so many.</summary>
    public List<long> OfParty(long party, EntryKind kind, long after, int limit)
    {
        var positions = new List<long>();
        lock (_gate)
        {
            _merging?.AddOfParty(party, kind, after, limit, positions);
            _collecting.AddOfParty(party, kind, after, limit, positions);
        }

        return positions;
    }

    /// <summary>A subject's facts, latest first; at most so many.</summary>
    public List<HistoryPlace> OfSubject(in SubjectKey key, long sinceMilliseconds, int limit)
    {
        var places = new List<HistoryPlace>();
        lock (_gate)
        {
            _merging?.AddOfSubject(key, sinceMilliseconds, places);
            _collecting.AddOfSubject(key, sinceMilliseconds, places);
        }

        places.Sort((left, right) => right.CompareTo(left));
        places.RemoveRange(Math.Min(limit, places.Count), Math.Max(0, places.Count - limit));
        return places;
    }
}
