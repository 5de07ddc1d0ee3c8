namespace EcmrGateway.Simulation;

/// <summary>Raised when a run does not come to rest.</summary>
internal sealed class StuckException(string why) : Exception(why);

/// <summary>Lets actors go on one at a time, each up to its next call, in an order that the seed decides.</summary>
/// <remarks>
/// One thread has them all: the next is chosen when the one before has come to a call and nothing of it is left to do.
/// </remarks>
internal sealed class Turns(Random random, int turnsMax)
{
    private readonly RunThread _thread = new();
    private TaskCompletionSource?[] _waiting = [];
    private int _taken;

    /// <summary>Number of the actor that is running.</summary>
    public int Actor { get; private set; }

    /// <summary>Called by an actor before each of its calls.</summary>
    public Task TurnAsync()
    {
        if (_waiting[Actor] is not null)
        {
            throw new InvalidOperationException("An actor waits for one turn at a time.");
        }

        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[Actor] = turn;
        return turn.Task;
    }

    /// <summary>Runs all to their end.</summary>
    /// <exception cref="StuckException">They do not come to one, or wait for what is not simulated.</exception>
    public void Run(IReadOnlyList<Func<Task>> actors)
    {
        _waiting = new TaskCompletionSource?[actors.Count];
        var ends = new Task[actors.Count];
        for (var number = 0; number < ends.Length; number++)
        {
            Actor = number;
            ends[number] = _thread.Start(actors[number]);
            _thread.Run();
        }

        while (Next(ends))
        {
            _thread.Run();
        }

        foreach (var end in ends)
        {
            end.GetAwaiter().GetResult();
        }
    }

    private bool Next(Task[] ends)
    {
        var waiting = _waiting.Count(turn => turn is not null);
        if (waiting < ends.Count(end => !end.IsCompleted))
        {
            throw new StuckException("an actor waits for what is not simulated");
        }

        if (waiting > 0 && ++_taken > turnsMax)
        {
            foreach (var turn in _waiting)
            {
                turn?.TrySetException(new StuckException($"not at rest after {turnsMax} turns"));
            }

            Array.Clear(_waiting);
        }
        else if (waiting > 0)
        {
            var chosen = random.Next(waiting);
            Actor = _waiting.Index().Where(one => one.Item is not null).ElementAt(chosen).Index;
            var turn = _waiting[Actor]!;
            _waiting[Actor] = null;
            turn.SetResult();
        }

        return waiting > 0;
    }

    /// <summary>Keeps on one thread all that is started here, in the order in which it comes up.</summary>
    private sealed class RunThread : TaskScheduler
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private readonly Queue<Task> _ready = [];

        public Task Start(Func<Task> work) => Task.Factory.StartNew(
            work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

        /// <summary>Does all there is to do.</summary>
        public void Run()
        {
            while (_ready.TryDequeue(out var task))
            {
                TryExecuteTask(task);
            }
        }

        protected override void QueueTask(Task task)
        {
            // Then the task fails, and who waits for it is found waiting for ever.
            if (Environment.CurrentManagedThreadId != _thread)
            {
                throw new InvalidOperationException("A run is on one thread, and cannot be repeated on two.");
            }

            _ready.Enqueue(task);
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
            !taskWasPreviouslyQueued && Environment.CurrentManagedThreadId == _thread && TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [.. _ready];
    }
}
