using System.Runtime.CompilerServices;
using EcmrGateway.Ledger;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming.Tail;

/// <summary>
/// The ledger's own tail as a stream: nothing between the commit and the consumer that could lose a fact.
/// </summary>
/// <remarks>May be read by many at once, each from a position of its own.</remarks>
public sealed class LedgerTail(INoteLedger ledger, IOptions<StreamOptions> options, TimeProvider time) : IFactStream
{
    /// <summary>After so long without news a batch is empty, so that a consumer can do what time asks for.</summary>
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(1);

    public long Head => ledger.FactHead.Value;

    public async IAsyncEnumerable<IReadOnlyList<StreamedFact>> ReadAsync(
        long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            // The head is taken first: what is committed during the read makes the wait below end at once.
            var head = ledger.Head;
            var recorded = await ledger.ReadFactsAsync(new(after), options.Value.BatchLengthMax, cancellation);
            if (recorded.Count > 0)
            {
                yield return StreamedFacts.Of(recorded);
                after = recorded[^1].Position.Value;
            }
            else if (!await IsPastAsync(head, cancellation))
            {
                yield return [];
            }
        }
    }

    /// <returns>False when nothing was committed for a second.</returns>
    private async ValueTask<bool> IsPastAsync(LedgerPosition position, CancellationToken cancellation)
    {
        using var quiet = new CancellationTokenSource(QuietPeriod, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellation);
        try
        {
            await ledger.WaitPastAsync(position, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (quiet.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
