using EcmrGateway.Ledger.Append;

namespace EcmrGateway.Ledger.Sqlite;

/// <summary>Key of an entry by its id.</summary>
internal readonly record struct IdKey(long Party, EntryKind Kind, string Id) : IComparable<IdKey>
{
    public int CompareTo(IdKey other)
    {
        var order = Party.CompareTo(other.Party);
        order = order != 0 ? order : ((byte)Kind).CompareTo((byte)other.Kind);
        return order != 0 ? order : string.CompareOrdinal(Id, other.Id);
    }
}

/// <summary>Key of an entry by the request that made it.</summary>
internal readonly record struct RequestKey(long Party, string RequestId) : IComparable<RequestKey>
{
    public int CompareTo(RequestKey other)
    {
        var order = Party.CompareTo(other.Party);
        return order != 0 ? order : string.CompareOrdinal(RequestId, other.RequestId);
    }
}

/// <summary>Place of a fact in its subject's history.</summary>
internal readonly record struct HistoryPlace(long EventMilliseconds, long Position) : IComparable<HistoryPlace>
{
    public int CompareTo(HistoryPlace other)
    {
        var order = EventMilliseconds.CompareTo(other.EventMilliseconds);
        return order != 0 ? order : Position.CompareTo(other.Position);
    }
}

/// <summary>What the indices hold of one entry.</summary>
internal sealed record IndexEntry(
    long Position, long Party, EntryKind Kind, string Id, string RequestId, SubjectTime[] Subjects)
{
    public IdKey IdKey => new(Party, Kind, Id);

    public RequestKey RequestKey => new(Party, RequestId);

    public static IndexEntry Of(EntryDraft draft, long party, long position) =>
        new(position, party, draft.Kind, draft.Id, draft.RequestId, SubjectTime.Of(draft));
}
