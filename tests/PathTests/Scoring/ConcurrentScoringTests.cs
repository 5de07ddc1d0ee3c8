using CsCheck;
using Ecmr.Facts.V1;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Scoring;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Scoring.Rebuild;
using EcmrGateway.Streaming;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcmrGateway.PathTests.Scoring;

/// <summary>
/// Promise 6 with many processes: however their calls to the store fall between each other, and whichever of them ends in
/// the midst, the rankings and scores are those of one process over all facts, byte for byte.
/// </summary>
public sealed class ConcurrentScoringTests
{
    private const string Generation = "shared";

    /// <summary>Which process scores a fact, and after how many calls a process ends; most do not.</summary>
    private static readonly Gen<(Fact[] Facts, int[] Owners, int[] Ends, int Seed)> Runs = Gen.Select(
        FactGen.Fact.Array[1, 40], Gen.Int[0, 2].Array[40], Gen.Int[-12, 6].Array[3], Gen.Int[0, int.MaxValue]);

    [Fact]
    public Task Any_interleaving_of_processes_ends_as_one_process_does() => Runs.SampleAsync(
        run => RunAsync(run.Facts, run.Owners, run.Ends, run.Seed), iter: 1_000,
        print: run => $"{run.Facts.Length} facts: {string.Join(' ', run.Facts.AsEnumerable())}\n"
            + $"owners {string.Join(' ', run.Owners)}, ends {string.Join(' ', run.Ends)}, seed {run.Seed}");

    private static async Task RunAsync(Fact[] facts, int[] owners, int[] ends, int seed)
    {
        var clock = new FakeTimeProvider(FactGen.Now);
        var ledger = new FactLedger();
        foreach (var fact in facts)
        {
            ledger.Add(fact, FactGen.Now);
        }

        var memory = new InMemoryStore(clock);
        await memory.ResetAsync(Generation, CancellationToken.None);
        var turns = new TurnTaking(new Random(seed));
        var streamed = await StreamedAsync(ledger);
        List<Func<Task>> work = [];
        for (var process = 0; process < 3; process++)
        {
            var (mine, end) = (streamed.Where((_, at) => owners[at] == process).ToList(), Math.Max(-1, ends[process]));
            work.Add(() => ScoreAsync(ledger, memory, turns, clock, mine, end));
        }

        work.Add(() => RebuildAsync(ledger, memory, turns, clock));

        await turns.RunAsync(work);

        Assert.Equal(await ScoringRig.ColdAsync(ledger, clock), await ScoringRig.ContentAsync(memory, clock));
    }

    /// <summary>A process that may end; the one after it begins with the batch in which it ended.</summary>
    private static async Task ScoreAsync(
        FactLedger ledger, InMemoryStore memory, TurnTaking turns, FakeTimeProvider clock, List<ScoringFact> facts,
        int callsLeft)
    {
        var store = new SharedStore(memory, turns) { CallsLeft = callsLeft };
        using var telemetry = new ScoringTelemetry(new(ledger), clock);
        var scorer = ScoringRig.ScorerOf(ledger, store, clock, telemetry);
        foreach (var batch in facts.Chunk(4))
        {
            try
            {
                await scorer.ScoreAsync(batch, Generation, CancellationToken.None);
            }
            catch (CrashException)
            {
                store.CallsLeft = -1;
                scorer = ScoringRig.ScorerOf(ledger, store, clock, telemetry);
                await scorer.ScoreAsync(batch, Generation, CancellationToken.None);
            }
        }
    }

    private static async Task RebuildAsync(
        FactLedger ledger, InMemoryStore memory, TurnTaking turns, FakeTimeProvider clock)
    {
        var store = new SharedStore(memory, turns);
        using var telemetry = new ScoringTelemetry(new(ledger), clock);
        var walk = new RebuildWalk(
            new(ledger), ScoringRig.ScorerOf(ledger, store, clock, telemetry), length: 5, DateTimeOffset.MinValue);
        while (!walk.IsDone)
        {
            await walk.StepAsync(Generation, CancellationToken.None);
        }
    }

    private static async Task<List<ScoringFact>> StreamedAsync(FactLedger ledger)
    {
        var recorded = await ledger.ReadFactsAsync(0, -1, 1000, CancellationToken.None);
        return
        [
            .. FactReader.ReadHistory(recorded.Select(one => new StreamedFact(
                one.Position.Value, one.ReceivedTime, Fact.Parser.ParseFrom(one.Fact.Span), ""))),
        ];
    }
}
