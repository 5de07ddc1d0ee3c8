using System.Runtime.CompilerServices;
using EcmrGateway.Ledger;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming.Tail;

/// <summary>
/// The ledger's own tail as a stream: nothing between the commit and the consumer that could lose a fact.
/// </summary>
/// <remarks>May be read by many at once, each from a place of its own; each gets all shards.</remarks>
public sealed class LedgerTail(INoteLedger ledger, IOptions<StreamOptions> options, TimeProvider time) : IFactStream
{
    /// <summary>After so long without news a batch is empty, so that a consumer can do what time asks for.</summary>
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromSeconds(1);

    private readonly int[] _shards = [.. Enumerable.Range(0, ledger.ShardCount)];

    public async IAsyncEnumerable<FactBatch> ReadAsync(
        IReadOnlyDictionary<int, long> after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(after);
        long[] read = [.. _shards.Select(shard => after.GetValueOrDefault(shard, -1))];

        // At once, so that the consumer learns which shards it has.
        yield return new([], _shards);
        while (true)
        {
            // The head is taken first: what is committed during the reads makes the wait below end at once.
            var head = ledger.Head;
            var quiet = true;
            foreach (var shard in _shards)
            {
                if (read[shard] >= head[shard])
                {
                    continue;
                }

                var recorded = await PatientReads.ReadAsync(
                    () => ledger.ReadFactsAsync(shard, read[shard], options.Value.BatchLengthMax, cancellation),
                    time, cancellation);
                if (recorded.Count == 0)
                {
                    // What is up to here has no facts.
                    read[shard] = head[shard];
                    continue;
                }

                quiet = false;
                yield return new(StreamedFacts.Of(recorded), _shards);
                read[shard] = recorded[^1].Position.Index;
            }

            if (quiet && !await IsPastAsync(head, cancellation))
            {
                yield return new([], _shards);
            }
        }
    }

    /// <returns>False when nothing was committed for a second.</returns>
    private async ValueTask<bool> IsPastAsync(LedgerMark mark, CancellationToken cancellation)
    {
        using var quiet = new CancellationTokenSource(QuietPeriod, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellation);
        try
        {
            await ledger.WaitPastAsync(mark, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (quiet.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
