namespace EcmrGateway.PathTests.Scoring;

/// <summary>
/// Lets concurrent pieces of work go on one at a time, each up to its next call, in the order of random numbers: the
/// same numbers give the same run.
/// </summary>
internal sealed class TurnTaking(Random random)
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private int _running;

    /// <summary>Called by a piece of work before each of its calls.</summary>
    public Task TurnAsync()
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add(turn);
            _running--;
            Next();
        }

        return turn.Task;
    }

    /// <summary>Runs all to their end.</summary>
    public Task RunAsync(IReadOnlyList<Func<Task>> work)
    {
        _running = work.Count;
        return Task.WhenAll(work.Select(one => Task.Run(async () =>
        {
            try
            {
                await one();
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

    /// <remarks>
    /// Only when all have come to a call is one of them chosen, so that the threads have no say in it.
    /// </remarks>
    private void Next()
    {
        if (_running == 0 && _waiting.Count > 0)
        {
            var chosen = random.Next(_waiting.Count);
            var turn = _waiting[chosen];
            _waiting.RemoveAt(chosen);
            _running++;
            turn.SetResult();
        }
    }
}
