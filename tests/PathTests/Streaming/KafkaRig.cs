using System.Globalization;
using System.Security.Cryptography;
using Confluent.Kafka;
using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Sqlite;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Kafka;
using EcmrGateway.Streaming.Relay;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>A ledger, relays, and readers of a topic that no other test uses.</summary>
internal sealed class KafkaRig : IAsyncDisposable
{
    private static int _topics;

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-kafka-rig-").FullName;
    private readonly List<(FactRelay Relay, RelayProducer Producer)> _relays = [];
    private int _recorded;
    private int _groups;

    /// <param name="ledger">Null: one of SQLite, with one shard.</param>
    public KafkaRig(
        string bootstrapServers, INoteLedger? ledger = null, Func<StreamOptions, StreamOptions>? change = null)
    {
        var topic = string.Create(
            CultureInfo.InvariantCulture, $"facts-{Environment.ProcessId}-{Interlocked.Increment(ref _topics)}.v1");
        var options = new StreamOptions
        {
            Engine = StreamOptions.KafkaEngine,
            BatchLengthMax = 7,
            Kafka = new()
            {
                BootstrapServers = bootstrapServers,
                Topic = topic,
                Partitions = 4,
                ReplicationFactor = 1,
                MinInSyncReplicas = 1,
                Group = $"{topic}-group",
                SessionTimeout = TimeSpan.FromSeconds(6),
            },
            Relay = new()
            {
                LeaseDuration = TimeSpan.FromSeconds(10),
                RenewPeriod = TimeSpan.FromMilliseconds(200),
                DeliveryTimeout = TimeSpan.FromSeconds(4),
                AdvancePeriod = TimeSpan.FromMilliseconds(10),
                RetryWaitMax = TimeSpan.FromMilliseconds(500),
            },
        };
        Options = change?.Invoke(options) ?? options;
        Ledger = ledger ?? SqliteNoteLedger.Open(
            new LedgerOptions { Folder = _folder }, TimeProvider.System, NullLogger<SqliteNoteLedger>.Instance);
        Leases = new(Ledger.ShardCount, TimeProvider.System);
    }

    public StreamOptions Options { get; }

    public INoteLedger Ledger { get; }

    public InMemoryLeases Leases { get; }

    public StreamTelemetry Telemetry { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public TopicCheck Topic() => new(
        Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, NullLogger<TopicCheck>.Instance);

    /// <param name="build">In the place of the client's own making.</param>
    public async Task<FactRelay> StartRelayAsync(ProducerFactory? build = null)
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var producer = Producer(build);
        var relay = new FactRelay(
            options, Ledger, Leases, producer, Topic(), Telemetry, TimeProvider.System,
            NullLogger<FactRelay>.Instance);
        _relays.Add((relay, producer));
        await relay.StartAsync(Cancellation);
        return relay;
    }

    public RelayProducer Producer(ProducerFactory? build = null) => new(
        Microsoft.Extensions.Options.Options.Create(Options), build ?? (builder => builder.Build()), Telemetry,
        TimeProvider.System, NullLogger<RelayProducer>.Instance);

    /// <summary>What is on the topic, as soon as it holds so many different facts.</summary>
    public Task<List<ConsumeResult<byte[], byte[]>>> WrittenAsync(int facts) =>
        WrittenTopic.ReadAsync(Options.Kafka.BootstrapServers, Options.Kafka.Topic, Options.Kafka.Partitions, facts);

    /// <summary>A stream of the rig's group, or of a group of its own.</summary>
    /// <param name="check">What the consumer can use; null: all.</param>
    public KafkaFactStream Stream(bool ownGroup = false, FactCheck? check = null)
    {
        var options = ownGroup
            ? Options with
            {
                Kafka = Options.Kafka with { Group = $"{Options.Kafka.Group}-{Interlocked.Increment(ref _groups)}" },
            }
            : Options;
        return new(
            Microsoft.Extensions.Options.Options.Create(options), Ledger, Topic(), Telemetry, TimeProvider.System,
            NullLogger<KafkaFactStream>.Instance, check);
    }

    public async Task<long> RecordAsync(Fact fact)
    {
        var result = await Ledger.AppendAsync(Draft(EntryKind.Note) with { Fact = fact.ToByteArray() }, Cancellation);
        return result.Position.Value;
    }

    /// <summary>Records facts whose package counts run from 1 on, all at once.</summary>
    public async Task RecordManyAsync(int count, int first = 1)
    {
        for (var done = 0; done < count; done += 1_000)
        {
            await Task.WhenAll(
                Enumerable.Range(first + done, Math.Min(1_000, count - done))
                    .Select(number => RecordAsync(new() { Note = new() { PackageCount = number } })));
        }
    }

    public async Task RecordWithoutFactAsync() => await Ledger.AppendAsync(Draft(EntryKind.Access), Cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var (relay, producer) in _relays)
        {
            await relay.StopAsync(CancellationToken.None);
            relay.Dispose();
            await producer.DisposeAsync();
        }

        Telemetry.Dispose();
        await Ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private EntryDraft Draft(EntryKind kind)
    {
        var number = Interlocked.Increment(ref _recorded);
        return new()
        {
            Kind = kind,
            Party = "NL1",
            Id = number.ToString(CultureInfo.InvariantCulture),
            Payload = new byte[8],
            ContentSha256 = SHA256.HashData(BitConverter.GetBytes(number)),
            ReceivedTime = TimeProvider.System.GetUtcNow(),
        };
    }
}
