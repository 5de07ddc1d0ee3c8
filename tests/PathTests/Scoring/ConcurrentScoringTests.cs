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
/// Promise 6 with many processes: however their calls to the store fall between each other, and whichever of them ends
/// in the midst, the rankings and scores are those of one process over all facts, byte for byte.
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
        var run = new Run(new FactLedger(), new FakeTimeProvider(FactGen.Now), new(new Random(seed)));
        await run.Memory.ResetAsync(Generation, HotSamples.NoProgress, CancellationToken.None);
        await run.Memory.TakeProgressAsync(afresh: true, CancellationToken.None);
        List<Func<Task>> work = [() => RecordAsync(run, facts), () => RebuildAsync(run, seed % (2 * facts.Length))];
        for (var process = 0; process < 3; process++)
        {
            var (mine, end) = (
                Enumerable.Range(0, facts.Length).Where(at => owners[at] == process).ToList(),
                Math.Max(-1, ends[process]));
            work.Add(() => ScoreAsync(run, mine, end));
        }

        await run.Turns.RunAsync(work);

        var clock = new FakeTimeProvider(FactGen.Now);
        Assert.Equal(await ScoringRig.ColdAsync(run.Ledger, clock), await ScoringRig.ContentAsync(run.Memory, clock));
    }

    /// <summary>
    /// Facts come in between the calls, so that a profile is made from some of them and folds the others.
    /// </summary>
    private static async Task RecordAsync(Run run, Fact[] facts)
    {
        foreach (var fact in facts)
        {
            await run.Turns.TurnAsync();
            run.Ledger.Add(fact, FactGen.Now);
        }
    }

    /// <summary>A process that may end; the one after it begins with the batch in which it ended.</summary>
    private static async Task ScoreAsync(Run run, List<int> positions, int callsLeft)
    {
        var store = new SharedStore(run.Memory, run.Turns) { CallsLeft = callsLeft };
        using var telemetry = new ScoringTelemetry(new(run.Ledger, run.Clock), run.Clock);
        var scorer = ScoringRig.ScorerOf(run.Ledger, store, run.Clock, telemetry);
        foreach (var batch in positions.Chunk(2))
        {
            while (run.Ledger.Head[0] < batch[^1])
            {
                await run.Turns.TurnAsync();
            }

            var facts = await ReadAsync(run.Ledger, batch);
            try
            {
                await scorer.ScoreAsync(facts, Generation, CancellationToken.None);
            }
            catch (CrashException)
            {
                store.CallsLeft = -1;
                scorer = ScoringRig.ScorerOf(run.Ledger, store, run.Clock, telemetry);
                await scorer.ScoreAsync(facts, Generation, CancellationToken.None);
            }
        }
    }

    /// <param name="turnsBefore">Turns that it lets pass first.</param>
    private static async Task RebuildAsync(Run run, int turnsBefore)
    {
        for (var turn = 0; turn < turnsBefore; turn++)
        {
            await run.Turns.TurnAsync();
        }

        var store = new SharedStore(run.Memory, run.Turns);
        using var telemetry = new ScoringTelemetry(new(run.Ledger, run.Clock), run.Clock);
        var walk = new RebuildWalk(
            new(run.Ledger, run.Clock), ScoringRig.ReaderOf(telemetry),
            ScoringRig.ScorerOf(run.Ledger, store, run.Clock, telemetry), length: 5, DateTimeOffset.MinValue);
        walk.Begin(0, run.Ledger.Head[0]);
        while (!walk.IsDone)
        {
            await walk.StepAsync(Generation, CancellationToken.None);
        }
    }

    private static async Task<List<ScoringFact>> ReadAsync(FactLedger ledger, int[] positions)
    {
        var recorded = await ledger.ReadFactsAsync(0, -1, 1000, CancellationToken.None);
        return
        [
            .. FactReader.ReadHistory(positions.Select(at => recorded[at]).Select(one => new StreamedFact(
                one.Position.Value, one.ReceivedTime, Fact.Parser.ParseFrom(one.Fact.Span), ""))),
        ];
    }

    private sealed record Run(FactLedger Ledger, FakeTimeProvider Clock, InMemoryStore Memory, TurnTaking Turns)
    {
        public Run(FactLedger ledger, FakeTimeProvider clock, TurnTaking turns)
            : this(ledger, clock, new InMemoryStore(clock), turns)
        {
        }
    }
}
