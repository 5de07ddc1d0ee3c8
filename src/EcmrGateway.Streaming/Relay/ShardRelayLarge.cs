using Confluent.Kafka;
using EcmrGateway.Ledger;

namespace EcmrGateway.Streaming.Relay;

/// <summary>Facts that the broker finds too large: they go without their data, which consumers read in the ledger.
/// </summary>
/// <remarks>
/// The start refuses a topic that could not take the largest fact, so this is for one that was changed since. The same
/// fact again would be refused for ever, and to leave it out would break the order of its key.
/// </remarks>
internal sealed partial class ShardRelay
{
    /// <summary>Index of the fact that is too large; the facts before it are acknowledged. -1: there is none.</summary>
    private long _tooLarge = -1;

    /// <summary>Facts that each go in a request of their own, so that the broker's answer is about one fact.</summary>
    private int _alone;

    private bool IsTooLarge(RecordedFact fact) => Volatile.Read(ref _tooLarge) == fact.Position.Index;

    private bool TakesAlone() => Volatile.Read(ref _alone) > 0 && Interlocked.Decrement(ref _alone) >= 0;

    private void TooLarge(RecordedFact fact)
    {
        if (!IsTooLarge(fact))
        {
            Volatile.Write(ref _tooLarge, fact.Position.Index);
            LogTooLarge(_context.Logger, Shard, fact.Position.Index, fact.Fact.Length);
        }
    }

    /// <summary>
    /// The client tells of its own end first, and of the record that was refused a moment later.
    /// </summary>
    private async Task HearAsync(SentFact first)
    {
        try
        {
            await first.AnsweredAsync().WaitAsync(RelaySession.LastWords, _context.Time, CancellationToken.None);
            if (first.Error is { } error)
            {
                Refused(first, error.Code);
            }
        }
        catch (TimeoutException)
        {
            // It was no refusal.
        }
    }

    /// <summary>Learns from an answer of the broker what to do otherwise next time.</summary>
    private void Refused(SentFact sent, ErrorCode code)
    {
        if (code != ErrorCode.MsgSizeTooLarge)
        {
            return;
        }

        if (sent.IsAlone)
        {
            TooLarge(sent.Fact);
        }
        else
        {
            // It may be the sum of several that is too large.
            Volatile.Write(ref _alone, _options.InFlightMax);
        }
    }
}
