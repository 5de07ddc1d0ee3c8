using System.Security.Cryptography;
using System.Text;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Scoring;
using EcmrGateway.Scoring;

namespace EcmrGateway.Simulation;

/// <summary>How a seed ended.</summary>
/// <param name="Violation">The promise that did not hold; null: all did.</param>
internal sealed record Run(ulong Seed, string? Violation, IReadOnlyList<string> Trace)
{
    /// <summary>Equal for equal traces with an equal end.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Violation is null ? Trace : [.. Trace, Violation]))))[..16];

    public static Run Of(ulong seed, Broken broken)
    {
        var world = new World(seed, broken);
        List<Func<Task>> actors =
        [
            () => Actors.RecordAsync(world), () => Actors.RelayAsync(world, 0),
            () => Actors.RelayAsync(world, 1), world.Broker.RunAsync, () => Actors.DisturbAsync(world),
        ];
        for (var number = 0; number < World.Members; number++)
        {
            actors.Add(new Member(world, number).RunAsync);
        }

        try
        {
            world.Turns.Run(actors);
            world.Fault ??= LedgerFault(world) ?? TopicFault(world);
            if (world.Fault is null)
            {
                world.Turns.Run([async () => world.Fault = await ScoreFaultAsync(world)]);
            }
        }
        catch (StuckException stuck)
        {
            world.Fault ??= $"stuck: {stuck.Message}";
        }
        catch (Exception failure)
        {
            // Of any kind, from the product or from here: without its seed nobody could look for the cause.
            world.Fault ??= $"an actor failed: {failure}";
        }

        return new(seed, world.Fault, world.Trace);
    }

    private static string? LedgerFault(World world) =>
        world.Recorded.GroupBy(one => one.Request).FirstOrDefault(same => same.Count() > 1) is { } doubled
            ? $"request {doubled.Key} is in the ledger {doubled.Count()} times"
            : world.Acknowledged.FirstOrDefault(one => world.Recorded.All(entry => entry.Request != one), -1)
                is var lost and >= 0
                ? $"request {lost} was acknowledged and is not in the ledger"
                : null;

    private static string? TopicFault(World world)
    {
        for (var shard = 0; shard < World.Shards; shard++)
        {
            var first = world.Topic[shard % world.Partitions].Where(one => one.Shard == shard)
                .Select(one => one.Index).Distinct().ToList();
            var expected = Enumerable.Range(0, (int)world.Ledger.Head[shard] + 1).Select(index => (long)index).ToList();
            if (expected.Except(first).Any())
            {
                return $"facts of shard {shard} are not on the topic";
            }

            if (!first.SequenceEqual(expected))
            {
                return $"the topic has the facts of shard {shard} in another order than the ledger";
            }
        }

        return null;
    }

    private static async Task<string?> ScoreFaultAsync(World world)
    {
        var actual = await ScoringRig.ContentAsync(world.Memory, world.Clock);
        var cold = new InMemoryStore(world.Clock);
        using var telemetry = new ScoringTelemetry(new(world.Ledger, world.Clock), world.Clock);
        var content = ScoringRig.ContentOf(world.Ledger, cold, world.Clock, telemetry);
        await content.OpenAsync(CancellationToken.None);
        await content.OwnAsync([.. Enumerable.Range(0, World.Shards)], CancellationToken.None);
        while (content.RebuildIsDue)
        {
            await content.RebuildStepAsync(CancellationToken.None);
        }

        var expected = await ScoringRig.ContentAsync(cold, world.Clock);
        return actual.SequenceEqual(expected)
            ? null
            : $"scores differ from a recomputation: here {string.Join(", ", actual.Except(expected).Select(Short))}, "
                + $"there {string.Join(", ", expected.Except(actual).Select(Short))}";
    }

    private static string Short(string line) => line[..Math.Min(60, line.Length)];
}
