using System.Runtime.CompilerServices;
using Confluent.Kafka;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Kafka;
using EcmrGateway.Streaming.Relay;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcmrGateway.Simulation;

/// <summary>A process with the product's own relay, from its start until it is stopped or ends in the midst.</summary>
internal sealed class RelayProcess
{
    private readonly World _world;
    private readonly List<SimulatedProducer> _producers = [];
    private readonly Dictionary<int, (long Until, long Relayed)> _leases = [];

    public RelayProcess(World world)
    {
        _world = world;
        Pump = new(world);
        Options = new()
        {
            Engine = StreamOptions.KafkaEngine,
            Kafka = new()
            {
                Partitions = world.Broken == Broken.Partition
                    ? 1 + world.Random.Next(world.Partitions)
                    : world.Partitions,
                RequestTimeout = TimeSpan.FromSeconds(1),
            },
            Relay = new()
            {
                LeaseDuration = TimeSpan.FromSeconds(3),
                RenewPeriod = TimeSpan.FromMilliseconds(500),
                DeliveryTimeout = TimeSpan.FromSeconds(1),
                InFlightMax = 1 + world.Random.Next(8),
                ReadLengthMax = 1 + world.Random.Next(5),
                QueueLengthMax = 1 + world.Random.Next(10),
                RetryWaitMax = TimeSpan.FromSeconds(1),
            },
        };
    }

    public Pump Pump { get; }

    public StreamOptions Options { get; }

    public async Task RunAsync()
    {
        using var telemetry = new StreamTelemetry();
        using var stopping = new CancellationTokenSource();
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var clock = new RelayClock(_world, Pump, stands: _world.Broken == Broken.LeaseClock);
        await using var ledger = new RelayedLedger(_world, clock);
        using var topic = new TopicCheck(options, clock, NullLogger<TopicCheck>.Instance);
        var producer = new RelayProducer(options, Build, telemetry, clock, NullLogger<RelayProducer>.Instance);
        using var relay = new FactRelay(
            options, ledger, new SimulatedLeases(_world, this, clock), producer, topic, telemetry, clock,
            NullLogger<FactRelay>.Instance);
        var ended = Pump.StartAsync(() => relay.RelayAsync(stopping.Token));
        var stops = false;
        while (!ended.IsCompleted)
        {
            await _world.Turns.TurnAsync();
            if (_world.Fails(60))
            {
                _world.Note("relay ends");
                _producers.ForEach(one => one.Dispose());
                return;
            }

            if (!stops && (_world.IsRelayed || _world.Fails(100)))
            {
                stops = true;
                _world.Note("relay is stopped");
                Pump.Post(_world.RelayTicks, stopping.Cancel);
            }

            Pump.Post(_world.RelayTicks, ledger.Look);
            Pump.Run(1 + _world.Random.Next(12));
            _world.PassRelayTime();
        }

        _producers.ForEach(one => one.Dispose());
        if (!ended.IsCanceled)
        {
            _world.Fault ??= $"a relay ended by itself: {ended.Exception}";
        }
    }

    /// <summary>Whether the lease lets a fact be sent now.</summary>
    public void CheckSend(int shard, long index)
    {
        var (until, relayed) = _leases.GetValueOrDefault(shard, (0, long.MaxValue));
        if (_world.RelayTicks >= until - Options.Relay.DeliveryTimeout.Ticks)
        {
            _world.Fault ??= $"{shard}:{index} was sent after its lease";
        }

        if (index <= relayed)
        {
            _world.Fault ??= $"{shard}:{index} was sent again from before the cursor {relayed}";
        }
    }

    public void Leased(IReadOnlyList<RelayLease> leases, long until)
    {
        foreach (var lease in leases)
        {
            var first = !_leases.TryGetValue(lease.Shard, out var held);
            _leases[lease.Shard] = (until, first ? _world.Leases.RelayedOf(lease.Shard) : held.Relayed);
        }
    }

    private SimulatedProducer Build(ProducerBuilder<byte[], byte[]> builder)
    {
        var tell = Builder<byte[], byte[]>.ErrorHandlerOf(builder);
        var producer = new SimulatedProducer(_world, this, error => tell(null!, error));
        _producers.Add(producer);
        _world.Broker.Producers.Add(producer);
        return producer;
    }

    /// <summary>What the client calls when it fails; the builder keeps it to itself.</summary>
    private static class Builder<TKey, TValue>
    {
        [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ErrorHandler")]
        public static extern Action<IProducer<TKey, TValue>, Error> ErrorHandlerOf(
            ProducerBuilder<TKey, TValue> builder);
    }
}
