using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>Index entries on their way into the tables, in the order of the tables, a slice with each batch.</summary>
/// <remarks>
/// For one thread, within its transactions; sorting alone is done beside them. A slice that is written again after a
/// restart changes nothing.
/// </remarks>
internal sealed class IndexMerge
{
    private readonly Task<Sorted> _sorted;
    private int _next;

    public IndexMerge(List<IndexEntry> entries)
    {
        Last = entries[^1].Position;
        Rows = entries.Sum(entry => entry.Subjects.Length + (entry.RequestId is "" ? 0 : 1) + 2);
        _sorted = Task.Run(() => Sorted.Of(entries));
    }

    /// <summary>Position of the newest entry that is merged.</summary>
    public long Last { get; }

    /// <summary>Rows in all.</summary>
    public int Rows { get; }

    /// <summary>Whether rows can be written without waiting for the sorting.</summary>
    public bool IsSorted => _sorted.IsCompleted;

    public bool IsDone => _next == Rows;

    /// <summary>Writes the next rows.</summary>
    public void Write(IndexRows rows, long count)
    {
        var sorted = _sorted.GetAwaiter().GetResult();
        for (var end = Math.Min(Rows, _next + count); _next < end; _next++)
        {
            sorted.Write(rows, _next);
        }
    }

    private sealed record Sorted(
        (SubjectKey Key, HistoryPlace Place)[] Subjects, (IdKey Key, long Position)[] Ids,
        (RequestKey Key, long Position)[] Requests, (long Party, byte Kind, long Position)[] Parties)
    {
        public static Sorted Of(List<IndexEntry> entries)
        {
            var sorted = new Sorted(
                [.. entries.SelectMany(entry => entry.Subjects.Select(subject => (
                    new SubjectKey(subject.Kind, subject.Subject, entry.Kind),
                    new HistoryPlace(subject.EventMilliseconds, entry.Position))))],
                [.. entries.Select(entry => (entry.IdKey, entry.Position))],
                [.. entries.Where(entry => entry.RequestId is not "")
                    .Select(entry => (entry.RequestKey, entry.Position))],
                [.. entries.Select(entry => (entry.Party, (byte)entry.Kind, entry.Position))]);
            Array.Sort(sorted.Subjects);
            Array.Sort(sorted.Ids);
            Array.Sort(sorted.Requests);
            Array.Sort(sorted.Parties);
            return sorted;
        }

        public void Write(IndexRows rows, int index)
        {
            if (index < Subjects.Length)
            {
                rows.InsertSubject(Subjects[index].Key, Subjects[index].Place);
                return;
            }

            index -= Subjects.Length;
            if (index < Ids.Length)
            {
                rows.InsertId(Ids[index].Key, Ids[index].Position);
                return;
            }

            index -= Ids.Length;
            if (index < Requests.Length)
            {
                rows.InsertRequest(Requests[index].Key, Requests[index].Position);
                return;
            }

            var (party, kind, position) = Parties[index - Requests.Length];
            rows.InsertOfParty(party, (EntryKind)kind, position);
        }
    }
}
