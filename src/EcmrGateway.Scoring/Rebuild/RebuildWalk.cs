using EcmrGateway.Risk.Facts;
using EcmrGateway.Scoring.Assess;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Streaming;

namespace EcmrGateway.Scoring.Rebuild;

/// <summary>Fills an empty store: from the heads backwards, so that the newest movements are ranked first.</summary>
/// <remarks>
/// Each step reads some facts of one shard, in turn, and assesses those of their vehicles that have no assessment yet,
/// with whole profiles. What comes after the heads is the tail's; it may be scored before, between and after the steps.
/// </remarks>
internal sealed class RebuildWalk
{
    /// <summary>Vehicles kept in mind, 40 bytes each; those beyond are looked up in the store again.</summary>
    private const int AssessedMax = 2_000_000;

    private readonly FactHistory _history;
    private readonly BatchScorer _scorer;
    private readonly int _length;
    private readonly DateTimeOffset _oldest;
    private readonly HashSet<SubjectId> _assessed = [];

    /// <summary>Shards in their turn, each with the index before which it goes on.</summary>
    private readonly Queue<(int Shard, long Before)> _ahead = new();

    /// <summary>The first facts are those that are newest now.</summary>
    /// <param name="length">Facts in a step.</param>
    /// <param name="oldest">The walk ends at a fact received before.</param>
    public RebuildWalk(FactHistory history, BatchScorer scorer, int length, DateTimeOffset oldest)
    {
        (_history, _scorer, _length, _oldest) = (history, scorer, length, oldest);
        for (var shard = 0; shard < history.ShardCount; shard++)
        {
            if (history.HeadOf(shard) is >= 0 and var head)
            {
                _ahead.Enqueue((shard, head + 1));
                Total += head + 1;
            }
        }
    }

    /// <summary>Positions to walk over.</summary>
    public long Total { get; }

    /// <summary>100: everything is assessed.</summary>
    public int Percent => IsDone
        ? 100
        : (int)Math.Min(99, 100 * (Total - _ahead.Sum(shard => shard.Before)) / Total);

    public bool IsDone => _ahead.Count == 0;

    /// <exception cref="ContentLostException">The store lost its content.</exception>
    public async Task StepAsync(string generation, CancellationToken cancellation)
    {
        var (shard, before) = _ahead.Peek();
        var facts = await _history.BackwardAsync(shard, before, _length, cancellation);
        var vehicles = new HashSet<SubjectId>();
        foreach (var fact in FactReader.ReadHistory(facts.Where(fact => fact.ReceivedTime >= _oldest)))
        {
            AddVehicles(vehicles, fact);
        }

        // A vehicle has many facts: only at the first of them is there something to do.
        vehicles.ExceptWith(_assessed);
        await _scorer.FillAsync(vehicles, generation, cancellation);
        if (_assessed.Count + vehicles.Count <= AssessedMax)
        {
            _assessed.UnionWith(vehicles);
        }

        _ahead.Dequeue();
        if (facts.Count == _length && facts[^1].ReceivedTime >= _oldest)
        {
            _ahead.Enqueue((shard, FactPosition.IndexOf(facts[^1].Position)));
        }
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
