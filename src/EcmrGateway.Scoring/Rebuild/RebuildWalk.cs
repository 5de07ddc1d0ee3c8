using EcmrGateway.Risk.Facts;
using EcmrGateway.Scoring.Assess;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Streaming;

namespace EcmrGateway.Scoring.Rebuild;

/// <summary>Fills an empty store: from a head backwards, so that the newest movements are ranked first.</summary>
/// <remarks>
/// Each step reads some facts and assesses those of their vehicles that have no assessment yet, with whole profiles.
/// What comes after the head is the tail's; it may be scored before, between and after the steps.
/// </remarks>
/// <param name="head">The first fact is the one here, or before.</param>
/// <param name="length">Facts in a step.</param>
/// <param name="oldest">The walk ends at a fact received before.</param>
internal sealed class RebuildWalk(
    FactHistory history, BatchScorer scorer, long head, int length, DateTimeOffset oldest)
{
    /// <summary>Vehicles kept in mind, 40 bytes each; those beyond are looked up in the store again.</summary>
    private const int AssessedMax = 2_000_000;

    private readonly HashSet<SubjectId> _assessed = [];
    private long _before = head + 1;
    private bool _done = head < 0;

    /// <summary>100: everything is assessed.</summary>
    public int Percent => _done ? 100 : (int)Math.Min(99, 100 * (head + 1 - _before) / (head + 1));

    public bool IsDone => _done;

    /// <exception cref="ContentLostException">The store lost its content.</exception>
    public async Task StepAsync(string generation, CancellationToken cancellation)
    {
        var facts = await history.BackwardAsync(_before, length, cancellation);
        var vehicles = new HashSet<SubjectId>();
        foreach (var fact in FactReader.ReadHistory(facts.Where(fact => fact.ReceivedTime >= oldest)))
        {
            AddVehicles(vehicles, fact);
        }

        // A vehicle has many facts: only at the first of them is there something to do.
        vehicles.ExceptWith(_assessed);
        await scorer.FillAsync(vehicles, generation, cancellation);
        if (_assessed.Count + vehicles.Count <= AssessedMax)
        {
            _assessed.UnionWith(vehicles);
        }

        _before = facts.Count == 0 ? 0 : facts[^1].Position;
        _done = facts.Count < length || facts[^1].ReceivedTime < oldest;
    }

    private static void AddVehicles(HashSet<SubjectId> vehicles, ScoringFact fact)
    {
        switch (fact)
        {
            case ScoringFact.OfNote(_, var movements):
                vehicles.UnionWith(movements.Select(movement => movement.Vehicle));
                break;
            case ScoringFact.OfCheck({ Vehicle: { } vehicle }):
                vehicles.Add(vehicle);
                break;
        }
    }
}
