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

    /// <summary>A read of the ledger that fails gives nothing, as if there were nothing.</summary>
    Read,

    /// <summary>Each relay has a number of partitions of its own.</summary>
    Partition,

    /// <summary>A member passes over facts that the topic does not have the data of.</summary>
    Reference,
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
        Partitions = 1 + Random.Next(Shards);
        Memory = new(Clock) { IgnoresVersions = broken == Broken.CompareAndSet };
        var numbers = new PCG(1, seed);
        var count = 5 + Random.Next(30);
        Facts = [.. Enumerable.Range(0, count).Select(_ => FactGen.Fact.Generate(numbers, null, out var _))];
        Owners = [.. Enumerable.Range(0, Partitions).Select(partition => partition % Members)];
        Topic = [.. Owners.Select(_ => new List<SimulatedRecord>())];
        Offsets = new int[Partitions];
        var (size, other) = (Facts[Random.Next(count)].CalculateSize(), Facts[Random.Next(count)].CalculateSize());
        (MessageBytesMax, BatchBytesMax) = Random.Next(5) switch
        {
            0 => (size, int.MaxValue),

            // What the broker refuses costs the relay its producer, so that there are fewer.
            1 => (int.MaxValue, Math.Max(size, other)),
            _ => (int.MaxValue, int.MaxValue),
        };
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

    /// <summary>Partitions of the topic; one may have several shards.</summary>
    public int Partitions { get; }

    /// <summary>What the topic has, by partition.</summary>
    public List<SimulatedRecord>[] Topic { get; }

    /// <summary>How far the members of the group are in the topic, by partition.</summary>
    public int[] Offsets { get; }

    /// <summary>Bytes of a fact that producers take at most.</summary>
    public int MessageBytesMax { get; }

    /// <summary>Bytes of facts that the broker takes at most in one request.</summary>
    public int BatchBytesMax { get; }

    /// <summary>Facts that were too large, or in a request that was.</summary>
    public HashSet<(int Shard, long Index)> TooLarge { get; } = [];

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

    /// <summary>Which member the partitions belong to.</summary>
    public int[] Owners { get; }

    /// <summary>Rounds in which a member found nothing to do.</summary>
    public int[] Idle { get; } = new int[Members];

    /// <summary>Whether nothing more goes wrong.</summary>
    public bool IsCalm { get; set; }

    public bool IsRecorded => Acknowledged.Count == Facts.Length;

    public bool IsRelayed => IsRecorded
        && Enumerable.Range(0, Shards).All(shard => Leases.RelayedOf(shard) == Ledger.Head[shard]);

    public bool IsRead => IsRelayed
        && Enumerable.Range(0, Partitions).All(partition => Offsets[partition] == Topic[partition].Count);

    public IReadOnlyList<string> Trace => _trace;

    /// <summary>Whether the topic has all facts of the shard up to this one.</summary>
    public bool HasUpTo(int shard, long index) => Topic[shard % Partitions]
        .Where(one => one.Shard == shard && one.Index <= index).DistinctBy(one => one.Index).Count() == index + 1;

    /// <summary>A relay's way to the ledger: it takes a moment, at times long, and at times fails.</summary>
    public async Task PassAsync(TimeProvider time, CancellationToken cancellation)
    {
        if (Fails(60))
        {
            throw new IOException("The ledger is away.");
        }

        await Task.Delay(TimeSpan.FromMilliseconds(Fails(60) ? 4_000 : Random.Next(3)), time, cancellation);
    }

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
