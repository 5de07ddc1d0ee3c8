using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;

namespace EcmrGateway.Streaming;

/// <summary>The latest facts of a subject.</summary>
/// <param name="Kind">Kind of subject: 1 carrier, 2 vehicle, 3 trailer, 4 consignor.</param>
/// <param name="Subject">The subject's pseudonym.</param>
/// <param name="Inspections">Facts of inspections; otherwise of notes.</param>
/// <param name="Limit">At most so many; 16,384 unless the ledger is set up for more.</param>
public readonly record struct SubjectHistory(int Kind, UInt128 Subject, bool Inspections, int Limit);

/// <summary>
/// Facts of the past, for whoever must rebuild what was lost: by subject, or all of a shard from the newest back.
/// </summary>
/// <remarks>
/// Says nothing of the ledger's types, so that scoring depends on facts and positions alone. While the ledger is away a
/// read waits for it.
/// </remarks>
public sealed class FactHistory(INoteLedger ledger, TimeProvider time)
{
    /// <summary>Tells the ledger from others: a short hash of its public key, which is not known to all who score.
    /// </summary>
    public string LogName => ledger.LogId[..16];

    /// <summary>Shards of the ledger.</summary>
    public int ShardCount => ledger.ShardCount;

    /// <summary>Index of a shard's newest fact, as far as it is known here; -1: there is none.</summary>
    public long HeadOf(int shard) => ledger.FactHead[shard];

    /// <summary>Facts of many subjects in one read.</summary>
    /// <returns>For each in their order: by event time and position, latest first.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<StreamedFact>>> SubjectsAsync(
        IReadOnlyList<SubjectHistory> asked, CancellationToken cancellation)
    {
        SubjectRead[] reads =
        [
            .. asked.Select(one => new SubjectRead(
                (SubjectKind)one.Kind, new Pseudonym(one.Subject), one.Inspections ? EntryKind.Outcome : EntryKind.Note,
                Since: null, one.Limit)),
        ];
        var histories = await PatientReads.ReadAsync(
            () => ledger.ReadSubjectsAsync(reads, cancellation), time, cancellation);
        return [.. histories.Select(StreamedFacts.Of)];
    }

    /// <summary>Facts of a shard after an index, oldest first; at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<StreamedFact>> ForwardAsync(
        int shard, long after, int limit, CancellationToken cancellation) =>
        StreamedFacts.Of(await PatientReads.ReadAsync(
            () => ledger.ReadFactsAsync(shard, after, limit, cancellation), time, cancellation));

    /// <summary>Facts of a shard before an index, newest first; at most <paramref name="limit"/>.</summary>
    public async Task<IReadOnlyList<StreamedFact>> BackwardAsync(
        int shard, long before, int limit, CancellationToken cancellation) =>
        StreamedFacts.Of(await PatientReads.ReadAsync(
            () => ledger.ReadFactsBackwardAsync(shard, before, limit, cancellation), time, cancellation));
}
