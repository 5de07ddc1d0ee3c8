using EcmrGateway.Risk.Facts;
using EcmrGateway.Scoring.Consume;
using EcmrGateway.Scoring.Read;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Facts to profiles, scores and rankings; the stream and the rebuild both go through here.</summary>
/// <remarks>
/// <para>1. A round scores the facts: see <see cref="ScoringRound"/>.</para>
/// <para>
/// 2. What another process changed in the meantime was not saved. The facts of it are scored again, from what it made;
/// facts that are in a profile already change nothing.
/// </para>
/// <para>
/// 3. Vehicles on the road that rest on a carrier or a consignor whose record changed are assessed again. How far that
/// is done is kept with a consignor, so that whoever meets it next takes it up when a process ends in the midst.
/// </para>
/// </remarks>
internal sealed class BatchScorer(PatientStore store, RoundFactory rounds, ScoringTelemetry telemetry)
{
    /// <summary>Vehicles assessed in one round.</summary>
    private const int VehiclesMax = 256;

    /// <summary>Rounds of a rebuild at a time.</summary>
    private const int FillRounds = 4;

    /// <summary>Scores new facts.</summary>
    /// <exception cref="ContentLostException">
    /// The store lost its content; nothing of the batch counts as scored.
    /// </exception>
    public async Task ScoreAsync(
        IReadOnlyCollection<ScoringFact> facts, string generation, CancellationToken cancellation)
    {
        HashSet<SubjectId> again = [];
        while (facts.Count > 0)
        {
            var round = rounds.Begin(generation);
            var outcome = await round.ScoreAsync(facts, cancellation);
            again.UnionWith(outcome.RestOnStale);
            await FollowAsync(generation, round, outcome, cancellation);
            facts = outcome.Unscored;
            telemetry.Conflicts(outcome.Conflicts);
        }

        await AssessAsync(again, generation, missingOnly: false, cancellation);
    }

    /// <summary>Assesses those vehicles that have no assessment in this generation.</summary>
    /// <exception cref="ContentLostException">The store lost its content.</exception>
    /// <remarks>
    /// Several rounds at a time: while one waits for the ledger or the store, another is worked on. Each is to the
    /// others as the round of another process.
    /// </remarks>
    public Task FillAsync(
        IReadOnlyCollection<SubjectId> vehicles, string generation, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            vehicles.Chunk(VehiclesMax),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = FillRounds,
                CancellationToken = cancellation,
                TaskScheduler = TaskScheduler.Current,
            },
            async (some, stop) => await AssessAllAsync(some, generation, missingOnly: true, stop));

    /// <summary>Assesses the vehicles on the road of those whose record changed in what enters a score.</summary>
    private async Task FollowAsync(
        string generation, ScoringRound round, RoundOutcome outcome, CancellationToken cancellation)
    {
        if (outcome.MovedCarriers.Count + outcome.MovedConsignors.Count == 0)
        {
            return;
        }

        var onRoad = await store.OnRoadAsync(outcome.MovedCarriers, outcome.MovedConsignors, cancellation);
        await AssessAsync(
            [.. onRoad.Where(vehicle => !outcome.Assessed.Contains(vehicle))], generation, missingOnly: false,
            cancellation);
        await round.SettleAsync(outcome.MovedConsignors, cancellation);
    }

    private async Task AssessAsync(
        IReadOnlyCollection<SubjectId> vehicles, string generation, bool missingOnly, CancellationToken cancellation)
    {
        foreach (var some in vehicles.Chunk(VehiclesMax))
        {
            await AssessAllAsync(some, generation, missingOnly, cancellation);
        }
    }

    private async Task AssessAllAsync(
        SubjectId[] vehicles, string generation, bool missingOnly, CancellationToken cancellation)
    {
        IReadOnlyCollection<SubjectId> left = vehicles;
        while (left.Count > 0)
        {
            left = await rounds.Begin(generation).AssessAsync(left, missingOnly, cancellation);
            telemetry.Conflicts(left.Count);
        }
    }
}
