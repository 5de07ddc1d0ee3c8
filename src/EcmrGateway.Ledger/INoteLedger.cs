using Ecmr.Receipt.V1;

namespace EcmrGateway.Ledger;

/// <summary>What became of an append. Where several hold, the one declared first is told.</summary>
public enum AppendStatus
{
    /// <summary>The entry is on disk.</summary>
    Appended,

    /// <summary>The same content was there already; the first receipt is told.</summary>
    AlreadyAppended,

    /// <summary>The party used this id for content that was erased since. Nothing was written.</summary>
    Erased,

    /// <summary>The party used this request id for other content.</summary>
    RequestIdReused,

    /// <summary>The party used this id for other content.</summary>
    ContentDiffers,

    /// <summary>Too many appends are waiting. Nothing was written.</summary>
    Overloaded,

    /// <summary>
    /// The write failed. It is not known whether the entry is on disk; the same append again finds out.
    /// </summary>
    Unavailable,
}

/// <param name="Position">Where the entry is; <see cref="LedgerPosition.None"/> when it is not there.</param>
/// <param name="Receipt">Set for Appended and AlreadyAppended.</param>
public sealed record AppendResult(AppendStatus Status, LedgerPosition Position, Receipt? Receipt);

/// <summary>The append-only ledger: nothing in it is changed, and what it acknowledged is on disk.</summary>
/// <remarks>
/// Every member may be called by many threads at once. Erasure takes away what an entry says and the salt that ties it
/// to its place; the place, the tree over it and all other receipts stay as they are.
/// </remarks>
public interface INoteLedger : IAsyncDisposable
{
    /// <summary>Shards, each a log of its own with its own tree. Fixed when the ledger was made.</summary>
    int ShardCount { get; }

    /// <summary>Name of the log, made of the public key: lower-case hex of the first half of its SHA-256.</summary>
    string LogId { get; }

    /// <summary>The newest committed entry of each shard that is known here.</summary>
    /// <remarks>
    /// What this process appended is always in it; what other processes did comes within a moment.
    /// </remarks>
    LedgerMark Head { get; }

    /// <summary>The newest committed entry of each shard that has a fact, as far as it is known here.</summary>
    /// <remarks>At or below <see cref="Head"/>: audit lines and genesis entries have no fact.</remarks>
    LedgerMark FactHead { get; }

    /// <summary>Whether the last write succeeded, and the engine answered when it was last looked at.</summary>
    bool IsWritable { get; }

    /// <summary>The head of the tree over a shard's committed entries, as far as it is known here.</summary>
    TreeHead TreeHeadOf(int shard);

    /// <summary>
    /// SubjectPublicKeyInfo (DER) of the key that signs tree heads; empty where facts are read and it is not known.
    /// </summary>
    ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>
    /// Completes when the entry is on disk or was not taken. Never throws for what a caller must expect.
    /// </summary>
    /// <remarks>Who cancels stops waiting, and the entry may still be written: the same append again tells.</remarks>
    ValueTask<AppendResult> AppendAsync(EntryDraft draft, CancellationToken cancellation);

    /// <summary>What an append of this content would answer without writing; null: it would be new.</summary>
    ValueTask<AppendResult?> FindAppendedAsync(
        EntryKind kind, string party, string id, string requestId, ReadOnlyMemory<byte> contentSha256,
        CancellationToken cancellation);

    /// <returns>Null when there is no entry at the position.</returns>
    ValueTask<LedgerEntry?> ReadAsync(LedgerPosition position, CancellationToken cancellation);

    /// <returns>Null when the party has no entry of that kind and id.</returns>
    ValueTask<LedgerEntry?> FindAsync(EntryKind kind, string party, string id, CancellationToken cancellation);

    /// <summary>The receipt first given for an entry, byte for byte.</summary>
    /// <returns>Null when there is no entry at the position, or it was erased.</returns>
    ValueTask<Receipt?> ReadReceiptAsync(LedgerPosition position, CancellationToken cancellation);

    /// <summary>
    /// A party's entries of one kind after a mark, by shard and position; at most <paramref name="limit"/>.
    /// </summary>
    ValueTask<IReadOnlyList<LedgerEntry>> ReadPartyAsync(
        EntryKind kind, string party, LedgerMark after, int limit, CancellationToken cancellation);

    /// <summary>Facts of a shard after an index, in their order; at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<RecordedFact>> ReadFactsAsync(
        int shard, long after, int limit, CancellationToken cancellation);

    /// <summary>Facts of a shard before an index, newest first; at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<RecordedFact>> ReadFactsBackwardAsync(
        int shard, long before, int limit, CancellationToken cancellation);

    /// <summary>Facts of many subjects in one round trip.</summary>
    /// <returns>For each read in their order: by event time and position, latest first.</returns>
    ValueTask<IReadOnlyList<IReadOnlyList<RecordedFact>>> ReadSubjectsAsync(
        IReadOnlyList<SubjectRead> reads, CancellationToken cancellation);

    /// <summary>Destroys an entry's payload, content hash and salt for good. Done again it changes nothing.</summary>
    /// <remarks>
    /// The fact stays: it holds pseudonyms only. Backups hold what they held until they expire. It is for operators: a
    /// running gateway has no right to it where processes share the ledger.
    /// </remarks>
    /// <returns>False when there is no entry at the position.</returns>
    /// <exception cref="LedgerOpenException">The owner of the tables is needed, and not named, or refused.</exception>
    ValueTask<bool> EraseAsync(LedgerPosition position, CancellationToken cancellation);

    /// <summary>Completes when <see cref="Head"/> is past a mark in any shard.</summary>
    ValueTask WaitPastAsync(LedgerMark mark, CancellationToken cancellation);
}
