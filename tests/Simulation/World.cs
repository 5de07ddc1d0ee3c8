using CsCheck;
using Ecmr.Facts.V1;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Scoring;

namespace EcmrGateway.Simulation;

/// <summary>A promise that the simulated engines break, so that the simulation can be seen to notice.</summary>
internal enum Broken
{
    None,

    /// <summary>The hot store saves a profile whatever was saved since it was loaded.</summary>
    CompareAndSet,

    /// <summary>The relay is answered, and notes its place, before the topic has the fact.</summary>
    CursorFirst,

    /// <summary>The topic takes facts of a shard in another order.</summary>
    Order,

    /// <summary>A relay's clock stands still, so that it does not see the end of its lease.</summary>
    LeaseClock,

    /// <summary>A record that the topic did not take is answered as the others.</summary>
    Skip,

    /// <summary>A new lease begins before the first fact.</summary>
    CursorForgotten,

    /// <summary>The ledger does not know a request that it has recorded.</summary>
    Idempotence,
}

/// <summary>The process of an actor ends here.</summary>
internal sealed class CrashException : Exception;

/// <summary>What all actors of a run share; everything random in it comes from the seed.</summary>
internal sealed class World
{
    public const int Shards = 3;

    public const int Members = 3;

    private const int TurnsMax = 50_000;

    private readonly List<string> _trace = [];

    public World(ulong seed, Broken broken)
    {
        Broken = broken;
        Random = new((int)(seed ^ (seed >> 32)));
        Turns = new(Random, TurnsMax);
        Clock = new(FactGen.Now, Turns);
        Leases = new(Shards, new RelayClock(this, new(this)));
        Broker = new(this);
        Faults = Random.Next(15);
        Memory = new(Clock) { IgnoresVersions = broken == Broken.CompareAndSet };
        var numbers = new PCG(1, seed);
        var count = 5 + Random.Next(30);
        Facts = [.. Enumerable.Range(0, count).Select(_ => FactGen.Fact.Generate(numbers, null, out var _))];
        Owners = [.. Enumerable.Range(0, Shards).Select(shard => shard % Members)];
    }

    public Broken Broken { get; }

    public Random Random { get; }

    public Turns Turns { get; }

    public SimulatedClock Clock { get; }

    public InMemoryStore Memory { get; }

    public Fact[] Facts { get; }

    public FactLedger Ledger { get; } = new(Shards);

    /// <summary>Requests in the ledger, with their shard and index.</summary>
    public List<(int Request, int Shard, long Index)> Recorded { get; } = [];

    public HashSet<int> Acknowledged { get; } = [];

    /// <summary>Indices in the order of the topic, by shard.</summary>
    public List<long>[] Topic { get; } = [.. Enumerable.Range(0, Shards).Select(_ => new List<long>())];

    /// <summary>How far the members of the group are in the topic, by shard.</summary>
    public int[] Offsets { get; } = new int[Shards];

    /// <summary>Highest index that a producer was answered for, by shard.</summary>
    public long[] Acked { get; } = [.. Enumerable.Repeat(-1L, Shards)];

    /// <summary>Who relays which shard, and how far.</summary>
    public InMemoryLeases Leases { get; }

    public SimulatedBroker Broker { get; }

    /// <summary>The relays that run.</summary>
    public Pump?[] Relays { get; } = new Pump?[2];

    /// <summary>Time of relays and leases: machines of their own, whose clocks need not be those of scoring.</summary>
    public long RelayTicks { get; private set; } = TimeSpan.TicksPerDay;

    /// <summary>How many more things go wrong for the relays.</summary>
    public int Faults { get; private set; }

    /// <summary>The first promise that was seen broken.</summary>
    public string? Fault { get; set; }

    /// <summary>Which member the shards belong to.</summary>
    public int[] Owners { get; }

    /// <summary>Rounds in which a member found nothing to do.</summary>
    public int[] Idle { get; } = new int[Members];

    /// <summary>Whether nothing more goes wrong.</summary>
    public bool IsCalm { get; set; }

    public bool IsRecorded => Acknowledged.Count == Facts.Length;

    public bool IsRelayed => IsRecorded
        && Enumerable.Range(0, Shards).All(shard => Leases.RelayedOf(shard) == Ledger.Head[shard]);

    public bool IsRead => IsRelayed
        && Enumerable.Range(0, Shards).All(shard => Offsets[shard] == Topic[shard].Count);

    public IReadOnlyList<string> Trace => _trace;

    /// <summary>Waits for the actor's turn, and ends its process in one of so many.</summary>
    public async Task StepAsync(string what, int crashOf = 0)
    {
        await Turns.TurnAsync();
        Note(what);
        MayCrash(crashOf);
    }

    public void MayCrash(int of)
    {
        if (!IsCalm && of > 0 && Random.Next(of) == 0)
        {
            Note("ends");
            throw new CrashException();
        }
    }

    public void Note(string what) => _trace.Add($"{_trace.Count} actor {Turns.Actor}: {what}");

    /// <summary>Whether something goes wrong for the relays, in one of so many.</summary>
    public bool Fails(int of) => !IsCalm && Faults > 0 && Random.Next(of) == 0 && Faults-- > 0;

    /// <summary>A moment at most so many milliseconds away.</summary>
    public long Soon(int milliseconds) => RelayTicks + (Random.Next(milliseconds) * TimeSpan.TicksPerMillisecond);

    /// <summary>Time passes when no relay has anything to do, and now and then before.</summary>
    public void PassRelayTime()
    {
        var due = Relays.Min(one => one?.Due ?? long.MaxValue);
        if (due > RelayTicks && due < long.MaxValue)
        {
            RelayTicks = due;
        }
        else if (Fails(40))
        {
            RelayTicks = Soon(5_000);
        }
    }

    /// <summary>All members have work again.</summary>
    public void Disturb() => Array.Clear(Idle);
}
