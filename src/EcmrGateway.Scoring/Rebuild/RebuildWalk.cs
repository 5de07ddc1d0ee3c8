using EcmrGateway.Risk.Facts;
using EcmrGateway.Scoring.Assess;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Streaming;

namespace EcmrGateway.Scoring.Rebuild;

/// <summary>Fills an empty store: from the heads backwards, so that the newest movements are ranked first.</summary>
/// <remarks>
/// Each step reads some facts of one shard after the other, until it has found enough vehicles that have no assessment
/// yet, and assesses these with whole profiles. What comes after the heads is the stream's; it may be scored before,
/// between and after the steps.
/// </remarks>
/// <param name="length">Facts of a shard in one read.</param>
/// <param name="oldest">A shard's walk ends at a fact received before.</param>
internal sealed class RebuildWalk(
    FactHistory history, ReadableFacts readable, BatchScorer scorer, int length, DateTimeOffset oldest)
{
    /// <summary>Vehicles kept in mind, 40 bytes each; those beyond are looked up in the store again.</summary>
    private const int AssessedMax = 2_000_000;

    /// <summary>Vehicles that make a step: enough of them to be worked on side by side.</summary>
    private const int VehiclesEnough = 2_048;

    /// <summary>Reads at a time.</summary>
    private const int ReadsMax = 3;

    private readonly HashSet<SubjectId> _assessed = [];

    /// <summary>Shards in their turn.</summary>
    private readonly List<Turn> _turns = [];

    private readonly Dictionary<Turn, Task<IReadOnlyList<StreamedFact>>> _reading = [];

    public bool IsDone => _turns.Count == 0;

    /// <summary>Takes in a shard, from an index back.</summary>
    public void Begin(int shard, long head)
    {
        if (head >= 0)
        {
            _turns.Add(new(shard, head, head + 1));
        }
    }

    /// <summary>Leaves out a shard that another process has now.</summary>
    public void End(int shard)
    {
        foreach (var turn in _turns.Where(turn => turn.Shard == shard))
        {
            _reading.Remove(turn);
        }

        _turns.RemoveAll(turn => turn.Shard == shard);
    }

    /// <summary>100: everything of the shard is assessed.</summary>
    public int PercentOf(int shard)
    {
        foreach (var turn in _turns.Where(turn => turn.Shard == shard))
        {
            return (int)Math.Min(99, 100 * (turn.Head + 1 - turn.Before) / (turn.Head + 1));
        }

        return 100;
    }

    /// <summary>100: everything is assessed.</summary>
    public int Percent => IsDone ? 100 : (int)_turns.Average(turn => PercentOf(turn.Shard));

    /// <exception cref="ContentLostException">The store lost its content.</exception>
    public async Task StepAsync(string generation, CancellationToken cancellation)
    {
        var vehicles = new HashSet<SubjectId>();
        var turns = new List<Turn>(_turns);
        for (var left = turns.Count; left > 0 && vehicles.Count < VehiclesEnough; left--)
        {
            await ReadAsync(turns, vehicles, cancellation);
        }

        await scorer.FillAsync(vehicles, generation, cancellation);
        if (_assessed.Count + vehicles.Count <= AssessedMax)
        {
            _assessed.UnionWith(vehicles);
        }

        _turns.Clear();
        _turns.AddRange(turns);
    }

    /// <summary>
    /// Reads facts of the shard whose turn it is, and adds those of their vehicles that are not assessed.
    /// </summary>
    private async Task ReadAsync(List<Turn> turns, HashSet<SubjectId> vehicles, CancellationToken cancellation)
    {
        var turn = turns[0];
        ReadAhead(turns, cancellation);
        turns.RemoveAt(0);
        _reading.Remove(turn, out var reading);
        var facts = await reading!;
        if (facts.Count == length && facts[^1].ReceivedTime >= oldest)
        {
            turns.Add(turn with { Before = FactPosition.IndexOf(facts[^1].Position) });
        }

        ReadAhead(turns, cancellation);
        var read = readable.Of(facts.Where(fact => fact.ReceivedTime >= oldest));

        // A vehicle has many facts: only at the first of them is there something to do.
        vehicles.UnionWith(TouchedSubjects.Of(read).Vehicles.Where(vehicle => !_assessed.Contains(vehicle)));
    }

    /// <summary>The facts of the next turns come while those of this one are worked on.</summary>
    private void ReadAhead(IEnumerable<Turn> turns, CancellationToken cancellation)
    {
        foreach (var turn in turns.Take(ReadsMax).Where(turn => !_reading.ContainsKey(turn)))
        {
            _reading[turn] = history.BackwardAsync(turn.Shard, turn.Before, length, cancellation);
        }
    }

    /// <param name="Head">Index at which the shard was begun.</param>
    /// <param name="Before">Index before which it goes on.</param>
    private readonly record struct Turn(int Shard, long Head, long Before);
}
