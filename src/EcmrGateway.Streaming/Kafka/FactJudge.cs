using Confluent.Kafka;
using EcmrGateway.Ledger;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Reads records as facts that the consumer can use, or says what is wrong with them.</summary>
internal sealed class FactJudge(
    INoteLedger ledger, FactCheck check, MemberAssignment assignment, TimeSpan limit, TimeProvider time)
{
    /// <exception cref="LedgerUnavailableException">The fact is in the ledger alone, which is away.</exception>
    public ReadRecord Read(int partition, Message<byte[]?, byte[]?> record, CancellationToken cancellation)
    {
        var read = FactRecord.Read(record);
        if (read.Claim is { } claim)
        {
            read = Fetch(claim, cancellation);
        }

        if (read.Fact is not { } fact)
        {
            return read;
        }

        if (!assignment.Holds(partition, FactPosition.ShardOf(fact.Position)))
        {
            return new(null, FactRecord.BadPosition);
        }

        try
        {
            check(fact);
            return read;
        }
        catch (InvalidDataException)
        {
            // What it says may be content; the code is enough.
            return new(fact, FactRecord.BadFact);
        }
    }

    /// <summary>On the member's thread, which has nothing else to do for the partition until then.</summary>
    private ReadRecord Fetch(LedgerPosition claim, CancellationToken cancellation)
    {
        using var limited = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancellation);
        IReadOnlyList<RecordedFact> found;
        try
        {
            found = ledger.ReadFactsAsync(claim.Shard, claim.Index - 1, 1, either.Token)
                .AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new LedgerUnavailableException("A fact could not be read in time.", inner: null);
        }

        return found.Count == 1 && found[0].Position == claim
            ? FactRecord.OfLedger(found[0])
            : new(null, FactRecord.BadClaim);
    }
}
