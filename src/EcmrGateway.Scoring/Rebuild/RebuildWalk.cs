using EcmrGateway.Risk.Facts;
using EcmrGateway.Scoring.Assess;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Streaming;

namespace EcmrGateway.Scoring.Rebuild;

/// <summary>Fills an empty store: from the heads backwards, so that the newest movements are ranked first.</summary>
/// <remarks>
/// Each step reads some facts of one shard, in turn, and assesses those of their vehicles that have no assessment yet,
/// with whole profiles. What comes after the heads is the stream's; it may be scored before, between and after the
/// steps.
/// </remarks>
/// <param name="length">Facts in a step.</param>
/// <param name="oldest">A shard's walk ends at a fact received before.</param>
internal sealed class RebuildWalk(FactHistory history, BatchScorer scorer, int length, DateTimeOffset oldest)
{
    /// <summary>Vehicles kept in mind, 40 bytes each; those beyond are looked up in the store again.</summary>
    private const int AssessedMax = 2_000_000;

    private readonly HashSet<SubjectId> _assessed = [];

    /// <summary>Shards in their turn, each with its head and the index before which it goes on.</summary>
    private readonly List<(int Shard, long Head, long Before)> _ahead = [];

    /// <summary>Facts that are read ahead; null: none are.</summary>
    private Reading? _reading;

    public bool IsDone => _ahead.Count == 0;

    /// <summary>Takes in a shard, from an index back.</summary>
    public void Begin(int shard, long head)
    {
        if (head >= 0)
        {
            _ahead.Add((shard, head, head + 1));
        }
    }

    /// <summary>Leaves out a shard that another process has now.</summary>
    public void End(int shard) => _ahead.RemoveAll(one => one.Shard == shard);

    /// <summary>100: everything of the shard is assessed.</summary>
    public int PercentOf(int shard)
    {
        foreach (var one in _ahead.Where(one => one.Shard == shard))
        {
            return (int)Math.Min(99, 100 * (one.Head + 1 - one.Before) / (one.Head + 1));
        }

        return 100;
    }

    /// <summary>100: everything is assessed.</summary>
    public int Percent => IsDone ? 100 : (int)_ahead.Average(one => PercentOf(one.Shard));

    /// <exception cref="ContentLostException">The store lost its content.</exception>
    public async Task StepAsync(string generation, CancellationToken cancellation)
    {
        var (shard, head, before) = _ahead[0];
        var reading = _reading?.Shard == shard && _reading.Before == before
            ? _reading.Facts
            : history.BackwardAsync(shard, before, length, cancellation);
        _reading = null;
        var facts = await reading;
        if (_ahead.Count > 1)
        {
            // Those of the next step come while these are worked on.
            var (nextShard, _, nextBefore) = _ahead[1];
            _reading = new(
                nextShard, nextBefore, history.BackwardAsync(nextShard, nextBefore, length, cancellation));
        }

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

        _ahead.RemoveAt(0);
        if (facts.Count == length && facts[^1].ReceivedTime >= oldest)
        {
            _ahead.Add((shard, head, FactPosition.IndexOf(facts[^1].Position)));
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

    private sealed record Reading(int Shard, long Before, Task<IReadOnlyList<StreamedFact>> Facts);
}
