using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Ecmr.Facts.V1;
using EcmrGateway.DeadLetters;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Kafka;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>A topic whose records a test writes itself, as a relay would, and members that read it.</summary>
internal sealed class ParkedRig : IAsyncDisposable
{
    /// <summary>Facts of so many packages cannot be used, while that is so.</summary>
    public const int Poison = 13;

    private readonly IProducer<byte[], byte[]> _producer;
    private readonly long[] _next = new long[4];

    private ParkedRig(KafkaRig rig)
    {
        Rig = rig;
        _producer = new ProducerBuilder<byte[], byte[]>(
            new ProducerConfig { BootstrapServers = rig.Options.Kafka.BootstrapServers }).Build();
        Desk = new(
            new Dictionary<string, string> { ["bootstrap.servers"] = rig.Options.Kafka.BootstrapServers },
            $"{rig.Options.Kafka.Topic}.dlt", TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    public KafkaRig Rig { get; }

    public DeadLetterDesk Desk { get; }

    /// <summary>Which facts cannot be used, by their packages.</summary>
    public Func<int, bool> IsPoison { get; init; } = _ => false;

    /// <summary>Whether the consumers are of a version that can use what was poison before.</summary>
    public bool IsMended { get; set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ParkedRig> StartAsync(
        string bootstrapServers, Func<StreamOptions, StreamOptions>? change = null, Func<int, bool>? isPoison = null)
    {
        var rig = new KafkaRig(bootstrapServers, new FactsInMemory(shards: 4), change);
        await rig.Topic().WaitAsync(Cancellation);
        return new(rig) { IsPoison = isPoison ?? (count => count == Poison) };
    }

    /// <param name="heard">Called with each fact that is handed over, before the next batch is asked for.</param>
    public StreamMember Member(Action<char, int>? heard = null) => new(Rig.Stream(check: Check), heard);

    /// <summary>Writes facts of one carrier, named by one letter; the shard is the partition.</summary>
    public async Task WriteAsync(int shard, char carrier, params int[] packages)
    {
        foreach (var count in packages)
        {
            await SendAsync(shard, Record(shard, carrier, count));
        }
    }

    /// <summary>A fact whose bytes are none, under the key of a carrier.</summary>
    public async Task WriteBadAsync(int shard, char carrier)
    {
        var record = Record(shard, carrier, 1);
        record.Value = [0xFF];
        await SendAsync(shard, record);
    }

    public Task SendAsync(int shard, Message<byte[], byte[]> record) =>
        _producer.ProduceAsync(new TopicPartition(Rig.Options.Kafka.Topic, shard), record, Cancellation);

    public Message<byte[], byte[]> Record(int shard, char carrier, int packages) => FactRecord.Of(
        new(
            LedgerPosition.Of(shard, _next[shard]++), TimeProvider.System.GetUtcNow(),
            new Fact { Note = new() { Carrier = Carrier(carrier), PackageCount = packages } }.ToByteArray(), ""),
        "urn:ecmr:test"u8.ToArray());

    public static string KeyOf(char carrier) => Convert.ToHexStringLower(Carrier(carrier).Span);

    /// <summary>The key as an operator sees it; null: it is not parked.</summary>
    public async Task<ParkedKey?> FindAsync(int shard, char carrier) =>
        (await Desk.ReadAsync(Cancellation)).Single(one => one.Partition == shard).Keys.Find(KeyOf(carrier));

    /// <summary>Waits until so many records of the key are held.</summary>
    public async Task<ParkedKey> HeldAsync(int shard, char carrier, int records)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await FindAsync(shard, carrier) is { } key && key.Held.Count == records)
            {
                return key;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "Not parked in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }

    public async Task<ControlRecord?> AskAsync(
        int shard, char carrier, ControlKind kind, long through = -1, TimeSpan? wait = null) => await Desk.AskAsync(
        shard, (await FindAsync(shard, carrier))!, kind, through, "a test", wait ?? TimeSpan.FromSeconds(60),
        Cancellation);

    public async ValueTask DisposeAsync()
    {
        _producer.Dispose();
        await Rig.DisposeAsync();
    }

    private void Check(StreamedFact fact)
    {
        if (!IsMended && IsPoison(fact.Fact.Note.PackageCount))
        {
            throw new InvalidDataException("Poison.");
        }
    }

    private static ByteString Carrier(char carrier) =>
        ByteString.CopyFrom(Encoding.ASCII.GetBytes(new string(carrier, 16)));
}

/// <summary>Reads until it is stopped, and keeps the package counts that it was given, by carrier.</summary>
internal sealed class StreamMember
{
    private readonly CancellationTokenSource _stop =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private readonly Task _reading;
    private volatile IReadOnlyList<(char Carrier, int Packages)> _read = [];

    public StreamMember(KafkaFactStream stream, Action<char, int>? heard = null) =>
        _reading = ReadAsync(stream, heard ?? ((_, _) => { }));

    public IReadOnlyList<int> Shards { get; private set; } = [];

    public IEnumerable<int> Of(char carrier) =>
        _read.Where(one => one.Carrier == carrier).Select(one => one.Packages);

    public string Text(char carrier) => string.Join(
        ' ', Of(carrier).Select(one => one.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Leaves the group; what was handed over and not asked beyond comes again.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ReadAsync(KafkaFactStream stream, Action<char, int> heard)
    {
        var read = new List<(char Carrier, int Packages)>();
        await foreach (var batch in stream.ReadAsync(new Dictionary<int, long>(), _stop.Token))
        {
            read.AddRange(batch.Facts.Select(
                fact => ((char)fact.Fact.Note.Carrier[0], fact.Fact.Note.PackageCount)));
            foreach (var (carrier, packages) in read.Skip(_read.Count))
            {
                heard(carrier, packages);
            }

            _read = [.. read];
            Shards = batch.Shards;
        }
    }
}
