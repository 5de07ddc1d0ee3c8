namespace EcmrGateway.Simulation;

/// <summary>Runs all of one process on the thread of its actor's turn, in an order that the seed decides.</summary>
/// <remarks>A process that is not pumped any more has ended, between any two of its awaits.</remarks>
internal sealed class Pump(World world) : TaskScheduler
{
    private readonly List<Task> _ready = [];
    private readonly List<(long Due, Action Work)> _inbox = [];
    private int _thread;

    public List<SimulatedTimer> Timers { get; } = [];

    /// <summary>When there is something to do next, in ticks.</summary>
    public long Due => _ready.Count > 0 ? 0 : Math.Min(
        Timers.Select(one => one.Due).DefaultIfEmpty(long.MaxValue).Min(),
        _inbox.Select(one => one.Due).DefaultIfEmpty(long.MaxValue).Min());

    /// <summary>What comes from outside, at a moment.</summary>
    public void Post(long due, Action work) => _inbox.Add((due, work));

    public Task StartAsync(Func<Task> work)
    {
        _thread = Environment.CurrentManagedThreadId;
        return Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();
    }

    /// <summary>Does some of what can be done now.</summary>
    public void Run(int limit)
    {
        _thread = Environment.CurrentManagedThreadId;
        foreach (var timer in Timers.Where(one => one.Due <= world.RelayTicks).ToList())
        {
            timer.Due = timer.Period > 0 ? world.RelayTicks + timer.Period : long.MaxValue;
            Start(timer.Fire);
        }

        foreach (var (due, work) in _inbox.Where(one => one.Due <= world.RelayTicks).ToList())
        {
            Start(work);
        }

        _inbox.RemoveAll(one => one.Due <= world.RelayTicks);
        for (; limit > 0 && _ready.Count > 0; limit--)
        {
            var at = world.Random.Next(_ready.Count);
            var task = _ready[at];
            _ready.RemoveAt(at);
            TryExecuteTask(task);
        }

        _thread = 0;
    }

    protected override void QueueTask(Task task)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            world.Fault ??= "a relay went on outside of its turn: the run cannot be repeated";
        }

        _ready.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _ready];

    private void Start(Action work) =>
        _ = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);
}

/// <summary>The clock of one relay: the time of all, its own timers.</summary>
internal sealed class RelayClock(World world, Pump pump, bool stands = false) : TimeProvider
{
    private readonly long _start = world.RelayTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => stands ? _start : world.RelayTicks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(world.RelayTicks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(world, pump, () => callback(state));
        pump.Timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }
}

/// <summary>A timer of a relay.</summary>
internal sealed class SimulatedTimer(World world, Pump pump, Action fire) : ITimer
{
    public long Due { get; set; } = long.MaxValue;

    public long Period { get; private set; }

    public void Fire() => fire();

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Due = dueTime < TimeSpan.Zero ? long.MaxValue : world.RelayTicks + dueTime.Ticks;
        Period = Math.Max(0, period.Ticks);
        return true;
    }

    public void Dispose() => pump.Timers.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
