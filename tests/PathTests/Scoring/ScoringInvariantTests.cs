using CsCheck;
using Ecmr.Facts.V1;
using EcmrGateway.PathTests.Contracts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcmrGateway.PathTests.Scoring;

/// <summary>
/// Promises 6 and 7: whatever the batches, repetitions, wipes, lost writes, crashes and restarts, the rankings and the
/// scores of movements on the road are those of a rebuild from all facts, byte for byte.
/// </summary>
public sealed class ScoringInvariantTests
{
    private static readonly Gen<Fact[]> Facts = FactGen.Fact.Array[0, 60];

    /// <summary>What happens and how much of it.</summary>
    private static readonly Gen<(int What, int Count, int More)[]> Script =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 12], Gen.Int[0, 3]).Array[0, 30];

    [Fact]
    public Task Any_run_ends_as_a_rebuild_from_all_facts() => Gen.Select(Facts, Script).SampleAsync(
        (facts, script) => RunAsync(facts, script, new InMemoryStore(Clock())),
        iter: 400,
        print: pair => $"{pair.Item1.Length} facts: {string.Join(' ', pair.Item1.AsEnumerable())}\n"
            + string.Join(' ', pair.Item2));

    [Fact]
    public Task A_rebuild_says_what_the_model_says_of_all_facts() => Facts.SampleAsync(
        async facts =>
        {
            var (ledger, clock) = (LedgerOf(facts), Clock());

            var cold = await ScoringRig.ColdAsync(ledger, clock);

            var plain = await ScoringRig.PlainAsync(ledger, clock.GetUtcNow());
            Assert.Equal(plain, cold.Where(line => !line.Contains(' ')));
        },
        iter: 200);

    private static async Task RunAsync(Fact[] facts, (int What, int Count, int More)[] script, InMemoryStore memory)
    {
        var clock = Clock();
        var ledger = new FactLedger();
        var store = new FailingStore(memory);
        var rig = new ScoringRig(ledger, store, clock);
        var recorded = 0;
        await ToTheEndAsync(() => rig.StartAsync());
        foreach (var (what, count, more) in script)
        {
            switch (what)
            {
                case 0 or 1 or 2:
                    recorded = Record(ledger, facts, recorded, count);
                    break;
                case 3 or 4 or 5:
                    await ToTheEndAsync(() => rig.ScoreAsync(count, more));
                    break;
                case 6:
                    await ToTheEndAsync(() => rig.RebuildAsync(more));
                    break;
                case 7:
                    await memory.WipeAsync();
                    break;
                case 8:
                    await ToTheEndAsync(() => rig.StartAsync());
                    break;
                case 9:
                    memory.Snapshot();
                    break;
                case 10:
                    await memory.StepBackAsync();
                    break;
                default:
                    (store.CallsUntilFault, store.ChangesDone, store.Wipes) = (count, more * 2, count % 2 == 0);
                    break;
            }
        }

        Record(ledger, facts, recorded, facts.Length);
        await ToTheEndAsync(() => rig.FinishAsync());
        store.CallsUntilFault = -1;
        await rig.FinishAsync();

        Assert.Equal(await ScoringRig.ColdAsync(ledger, clock), await rig.ContentAsync());

        // A crash leaves what was written; the next process goes on from there.
        async Task ToTheEndAsync(Func<Task> work)
        {
            try
            {
                await work();
            }
            catch (CrashException)
            {
                await rig.StartAsync();
            }
        }
    }

    /// <summary>Records the next facts, as many as there are, and tells how many are recorded now.</summary>
    private static int Record(FactLedger ledger, Fact[] facts, int recorded, int count)
    {
        for (var i = 0; i < count && recorded < facts.Length; i++)
        {
            ledger.Add(facts[recorded++], FactGen.Now);
        }

        return recorded;
    }

    private static FactLedger LedgerOf(Fact[] facts)
    {
        var ledger = new FactLedger();
        foreach (var fact in facts)
        {
            ledger.Add(fact, FactGen.Now);
        }

        return ledger;
    }

    private static FakeTimeProvider Clock() => new(FactGen.Now);
}
