using System.Security.Cryptography;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.Scoring.Assess;

namespace EcmrGateway.Scoring.Consume;

/// <summary>What is done when the content is not there any more, or not as this process left it.</summary>
internal sealed partial class HotContent
{
    private async Task KeepAsync(Func<Task> work, CancellationToken cancellation)
    {
        IReadOnlyCollection<int>? lost = null;
        while (true)
        {
            try
            {
                if (lost is not null)
                {
                    await FindContentAsync(cancellation);
                    await TakeAsync(lost, cancellation);
                }

                await work();
                return;
            }
            catch (ContentLostException)
            {
                LogLost(_rebuild.Percent);
                lost ??= Scored.Shards;
                _losses = _rebuild.IsDone ? 0 : _losses + 1;
            }
        }
    }

    /// <summary>Another process may have begun anew already; then there is nothing to empty.</summary>
    private async Task FindContentAsync(CancellationToken cancellation)
    {
        var found = await store.GenerationAsync(cancellation);
        while (found is not null && !IsOurs(found))
        {
            LogStandingBy();
            await Task.Delay(StandByDelay, clock, cancellation);
            found = await store.GenerationAsync(cancellation);
        }

        if (found is null)
        {
            await ResetAsync(cancellation);
        }
        else
        {
            Begin(found);
        }
    }

    /// <remarks>
    /// The heads of all shards are taken before anybody can make a profile for the new content. Were each shard's taken
    /// when a process takes the shard, a fact could come in between: a profile made before has it not, and neither the
    /// walk, which finds the profile there, nor the stream, which begins after the head, would bring it.
    /// </remarks>
    private async Task ResetAsync(CancellationToken cancellation)
    {
        var generation = _kind + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var begun = Enumerable.Range(0, history.ShardCount).ToDictionary(
            shard => shard, shard => new ShardProgress(history.HeadOf(shard), RebuiltPercent: 0));
        await store.ResetAsync(generation, begun, cancellation);
        Begin(generation);
    }

    private void Begin(string generation)
    {
        var now = clock.GetUtcNow();
        _generation = generation;
        _afresh = true;
        Scored = new();
        _rebuild = new(history, readable, scorer, _options.RebuildLength, now.AddDays(-_options.RebuildDays));
        _rebuildFrom = _losses < LossesFree
            ? now
            : now + TimeSpan.FromSeconds(Math.Min(
                Math.Pow(2, _losses - LossesFree), RebuildWaitMax.TotalSeconds));
    }
}
