using System.Runtime.InteropServices;
using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>Index entries in memory, found as the tables find them. Guarded by <see cref="IndexBacklog"/>.</summary>
internal sealed class IndexGeneration
{
    private readonly Dictionary<IdKey, long> _ids = [];
    private readonly Dictionary<RequestKey, long> _requests = [];
    private readonly Dictionary<(long, EntryKind), List<long>> _parties = [];

    /// <summary>
    /// Of each subject the newest place; from there each leads to the one before. No object for each subject.
    /// </summary>
    private readonly Dictionary<SubjectKey, int> _subjects = [];
    private readonly List<(HistoryPlace Place, int Before)> _places = [];

    public List<IndexEntry> Entries { get; } = [];

    public void Add(IndexEntry entry)
    {
        Entries.Add(entry);
        _ids.Add(entry.IdKey, entry.Position);
        if (entry.RequestId is not "")
        {
            _requests.TryAdd(entry.RequestKey, entry.Position);
        }

        ref var ofParty = ref CollectionsMarshal.GetValueRefOrAddDefault(_parties, (entry.Party, entry.Kind), out _);
        (ofParty ??= []).Add(entry.Position);
        foreach (var subject in entry.Subjects)
        {
            ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _subjects, new(subject.Kind, subject.Subject, entry.Kind), out var known);
            _places.Add((new(subject.EventMilliseconds, entry.Position), known ? newest : -1));
            newest = _places.Count - 1;
        }
    }

    public long? FindId(in IdKey key) => _ids.TryGetValue(key, out var position) ? position : null;

    public long? FindRequest(in RequestKey key) => _requests.TryGetValue(key, out var position) ? position : null;

    public void AddOfParty(long party, EntryKind kind, long after, int limit, List<long> positions)
    {
        if (_parties.TryGetValue((party, kind), out var all))
        {
            // In the order of positions: a watcher at the end finds its place without walking a long list.
            var found = all.BinarySearch(after);
            var first = found < 0 ? ~found : found + 1;
            positions.AddRange(all.Skip(first).Take(limit));
        }
    }

    public void AddOfSubject(in SubjectKey key, long sinceMilliseconds, List<HistoryPlace> places)
    {
        for (var at = _subjects.GetValueOrDefault(key, -1); at >= 0; at = _places[at].Before)
        {
            if (_places[at].Place.EventMilliseconds >= sinceMilliseconds)
            {
                places.Add(_places[at].Place);
            }
        }
    }
}
