namespace EcmrGateway.Simulation;

/// <summary>Raised when a run does not come to rest.</summary>
internal sealed class StuckException(int turns) : Exception($"not at rest after {turns} turns");

/// <summary>Lets actors go on one at a time, each up to its next call, in an order that the seed decides.</summary>
/// <remarks>
/// One is chosen only when all wait, and from a list that is sorted by actor: threads have no say in the order.
/// </remarks>
internal sealed class Turns(Random random, int turnsMax)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, TaskCompletionSource> _waiting = [];
    private readonly AsyncLocal<int> _actor = new();
    private int _running;
    private int _taken;

    /// <summary>Number of the actor that is running.</summary>
    public int Actor => _actor.Value;

    /// <summary>Called by an actor before each of its calls.</summary>
    public Task TurnAsync()
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add(_actor.Value, turn);
            _running--;
            Next();
        }

        return turn.Task;
    }

    /// <summary>Runs all to their end.</summary>
    public Task RunAsync(IReadOnlyList<Func<Task>> actors)
    {
        _running = actors.Count;
        return Task.WhenAll(actors.Select((actor, number) => Task.Run(async () =>
        {
            _actor.Value = number;
            try
            {
                await actor();
            }
            finally
            {
                lock (_lock)
                {
                    _running--;
                    Next();
                }
            }
        })));
    }

    private void Next()
    {
        if (_running > 0 || _waiting.Count == 0)
        {
            return;
        }

        if (++_taken > turnsMax)
        {
            foreach (var turn in _waiting.Values)
            {
                turn.TrySetException(new StuckException(turnsMax));
            }

            _running += _waiting.Count;
            _waiting.Clear();
            return;
        }

        var (actor, chosen) = _waiting.ElementAt(random.Next(_waiting.Count));
        _waiting.Remove(actor);
        _running++;
        chosen.SetResult();
    }
}
