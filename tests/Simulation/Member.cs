using EcmrGateway.PathTests.Scoring;
using EcmrGateway.Scoring;
using EcmrGateway.Scoring.Consume;
using EcmrGateway.Streaming;

namespace EcmrGateway.Simulation;

/// <summary>
/// A process that scores with the product's own code what the group gives it, and is followed by another.
/// </summary>
/// <remarks>A partition that moves is taken from a member in the midst of its batch, as from one too slow.</remarks>
internal sealed class Member(World world, int number)
{
    /// <summary>Rounds without work after which a member is taken to be at rest; time passes in each.</summary>
    private const int Rest = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(25);

    public async Task RunAsync()
    {
        while (world.Idle.Any(rounds => rounds < Rest))
        {
            using var telemetry = new ScoringTelemetry(new(world.Ledger, world.Clock), world.Clock);
            try
            {
                await ServeAsync(ScoringRig.ContentOf(
                    world.Ledger, new SimulatedStore(world), world.Clock, telemetry));
            }
            catch (CrashException)
            {
                world.Disturb();
            }
        }
    }

    private async Task ServeAsync(HotContent content)
    {
        await world.StepAsync("starts");
        await content.OpenAsync(CancellationToken.None);
        while (world.Idle.Any(rounds => rounds < Rest))
        {
            await world.StepAsync("poll");
            var shards = Enumerable.Range(0, World.Shards)
                .Where(shard => world.Owners[shard % world.Partitions] == number).ToList();
            var (facts, ends) = await PollAsync();
            await content.OwnAsync(shards, CancellationToken.None);
            var idle = facts.Count == 0 && world.IsRead && world.IsCalm && !content.RebuildIsDue;
            if (facts.Count == 0)
            {
                await content.CheckAsync(CancellationToken.None);
            }

            List<StreamedFact> fresh = [.. facts.Where(fact => !content.Scored.Covers(fact.Position))];
            if (fresh.Count > 0)
            {
                await content.ScoreAsync(fresh, CancellationToken.None);
            }

            if (content.RebuildIsDue)
            {
                idle = false;
                await content.RebuildStepAsync(CancellationToken.None);
            }

            await world.StepAsync("offsets");
            foreach (var (partition, end) in ends.Where(end => world.Owners[end.Key] == number))
            {
                world.Offsets[partition] = Math.Max(world.Offsets[partition], end);
            }

            Rested(idle);
        }
    }

    private void Rested(bool idle)
    {
        if (idle)
        {
            world.Idle[number]++;
            world.Clock.Advance(world.Idle[number] <= Rest ? Pause : TimeSpan.Zero);
        }
        else
        {
            world.Disturb();
        }
    }

    private async Task<(List<StreamedFact> Facts, Dictionary<int, int> Ends)> PollAsync()
    {
        List<StreamedFact> facts = [];
        Dictionary<int, int> ends = [];
        for (var partition = 0; partition < world.Partitions; partition++)
        {
            if (world.Owners[partition] != number)
            {
                continue;
            }

            var records = world.Topic[partition].Skip(world.Offsets[partition])
                .Take(1 + world.Random.Next(4)).ToList();
            ends[partition] = world.Offsets[partition] + records.Count;
            foreach (var record in records)
            {
                facts.AddRange(await FactsOfAsync(record));
            }
        }

        return (facts, ends);
    }

    private async Task<IReadOnlyList<StreamedFact>> FactsOfAsync(SimulatedRecord record)
    {
        if (record.Fact is { } fact)
        {
            return [fact];
        }

        return world.Broken == Broken.Reference
            ? []
            : StreamedFacts.Of(
                await world.Ledger.ReadFactsAsync(record.Shard, record.Index - 1, 1, CancellationToken.None));
    }
}
