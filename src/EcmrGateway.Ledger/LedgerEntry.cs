using EcmrGateway.Ledger.Pseudonyms;

namespace EcmrGateway.Ledger;

/// <summary>What an entry records. The number is on disk and never reused.</summary>
public enum EntryKind
{
    /// <summary>The first entry of every ledger.</summary>
    Genesis = 0,

    /// <summary>A consignment note.</summary>
    Note = 1,

    /// <summary>What an inspection found.</summary>
    Outcome = 2,

    /// <summary>An audit line: one access to one subject.</summary>
    Access = 3,
}

/// <summary>Whose history a fact belongs to. Never a driver. The number is on disk and never reused.</summary>
public enum SubjectKind
{
    Carrier = 1,
    Vehicle = 2,
    Trailer = 3,
    Consignor = 4,
}

/// <summary>That a fact belongs to the history of a subject.</summary>
/// <param name="EventTime">When it happened, for the order of the history: whole milliseconds count.</param>
public readonly record struct FactSubject(SubjectKind Kind, Pseudonym Subject, DateTimeOffset EventTime);

/// <summary>An entry that is to be appended.</summary>
public sealed record EntryDraft
{
    public required EntryKind Kind { get; init; }

    /// <summary>
    /// Party in whose name it is appended; ids are unique within kind and party. At most 128 characters.
    /// </summary>
    public required string Party { get; init; }

    /// <summary>
    /// Id of what is recorded, chosen by the caller: a note id, an outcome's request id. At most 64 characters.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>
    /// Id of the request, unique within the party for ever. Empty: <see cref="Id"/> alone makes it repeatable.
    /// </summary>
    public string RequestId { get; init; } = "";

    /// <summary>Revision of the content, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>
    /// The content as it is to be read back: a serialised message of protos/. The bytes must not change any more, not
    /// even after a cancelled append: it may still be waiting.
    /// </summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>SHA-256 of the content's canonical form; equal hashes are the same content. 32 bytes.</summary>
    public required ReadOnlyMemory<byte> ContentSha256 { get; init; }

    public required DateTimeOffset ReceivedTime { get; init; }

    /// <summary>Serialised ecmr.facts.v1.Fact; empty: the entry has none.</summary>
    public ReadOnlyMemory<byte> Fact { get; init; }

    /// <summary>Histories that the fact belongs to; at most 64.</summary>
    public IReadOnlyList<FactSubject> Subjects { get; init; } = [];

    /// <summary>
    /// What keeps its order on the way to the consumers: entries of one key are in one shard. For a fact the carrier's
    /// pseudonym, or what stands for it. Null: the party decides.
    /// </summary>
    public Pseudonym? OrderKey { get; init; }

    /// <summary>W3C traceparent of the request, handed on with the fact. Empty: none.</summary>
    public string TraceParent { get; init; } = "";
}

/// <summary>An entry as it was recorded.</summary>
/// <param name="Payload">Empty when it was erased.</param>
/// <param name="ContentSha256">Empty when it was erased.</param>
public sealed record LedgerEntry(
    LedgerPosition Position,
    EntryKind Kind,
    string Party,
    string Id,
    int Version,
    DateTimeOffset ReceivedTime,
    ReadOnlyMemory<byte> Payload,
    ReadOnlyMemory<byte> ContentSha256)
{
    /// <summary>Whether its content was destroyed.</summary>
    public bool IsErased => ContentSha256.IsEmpty;
}

/// <summary>A fact as it was recorded.</summary>
/// <param name="Fact">Serialised ecmr.facts.v1.Fact.</param>
/// <param name="TraceParent">W3C traceparent of the request that recorded it; empty: none.</param>
public sealed record RecordedFact(
    LedgerPosition Position, DateTimeOffset ReceivedTime, ReadOnlyMemory<byte> Fact, string TraceParent);
