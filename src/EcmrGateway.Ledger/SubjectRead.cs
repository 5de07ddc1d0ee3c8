using EcmrGateway.Ledger.Pseudonyms;

namespace EcmrGateway.Ledger;

/// <summary>What is asked of a subject: its latest facts from entries of one kind.</summary>
/// <param name="Since">Facts with an earlier event time are left out. Null: from the beginning.</param>
/// <param name="Limit">At most so many, from 1 to <see cref="LedgerOptions.ReadLengthMax"/>.</param>
public readonly record struct SubjectRead(
    SubjectKind Kind, Pseudonym Subject, EntryKind Entries, DateTimeOffset? Since, int Limit);

public static class SubjectReads
{
    /// <summary>Facts of one subject, by event time and position, latest first.</summary>
    public static async ValueTask<IReadOnlyList<RecordedFact>> ReadSubjectAsync(
        this INoteLedger ledger, SubjectRead read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return (await ledger.ReadSubjectsAsync([read], cancellation))[0];
    }
}
