using System.Diagnostics;
using EcmrGateway.Streaming;
using Microsoft.Extensions.Hosting;

namespace EcmrGateway.Scoring.Consume;

/// <summary>The scoring loop: batches of new facts, and steps of a rebuild between them.</summary>
/// <remarks>
/// Other processes may score other shards at the same time. A batch is as large
/// as what has come in while the one before was scored: alone, a fact is scored at once; behind, batches grow.
/// </remarks>
internal sealed class ScoringConsumer(
    IFactStream stream, HotContent content, ScoringTelemetry telemetry, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ScoreAllAsync(await content.OpenAsync(stoppingToken), stoppingToken);
    }

    private async Task ScoreAllAsync(IReadOnlyDictionary<int, long> after, CancellationToken stoppingToken)
    {
        await using var facts = stream.ReadAsync(after, stoppingToken).GetAsyncEnumerator(stoppingToken);
        var next = facts.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                // At least one step for each batch: new facts must not keep a rebuild from ending.
                while (content.RebuildIsDue)
                {
                    await content.RebuildStepAsync(stoppingToken);
                    if (next.IsCompleted)
                    {
                        break;
                    }
                }

                if (!await next)
                {
                    throw new UnreachableException("The stream of facts has no end.");
                }

                await content.OwnAsync(facts.Current.Shards, stoppingToken);
                await ScoreAsync(facts.Current.Facts, stoppingToken);
                next = facts.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // The stream may not be disposed of while it is being read; it sees the same token.
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ScoreAsync(IReadOnlyList<StreamedFact> batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
        {
            await content.CheckAsync(cancellation);
            return;
        }

        // What is scored already comes again when a process ended before it could say so to the stream. What was
        // parked comes when later facts have long been scored; it changes nothing where the ledger told of it already.
        var start = clock.GetTimestamp();
        List<StreamedFact> fresh = [.. batch.Where(fact => fact.IsLate || !content.Scored.Covers(fact.Position))];
        if (fresh.Count > 0)
        {
            await content.ScoreAsync(fresh, cancellation);
            telemetry.Scored(fresh, start);
        }
    }
}
