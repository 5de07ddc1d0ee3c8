using Confluent.Kafka;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Kafka;

namespace EcmrGateway.Simulation;

/// <summary>A record on its way to the topic, or there.</summary>
/// <param name="fact">Null: it is in the ledger alone.</param>
/// <param name="bytes">Of the fact in the record.</param>
/// <param name="tell">Who wants to know what becomes of it.</param>
internal sealed class SimulatedRecord(
    int shard, long index, StreamedFact? fact, int bytes, Action<DeliveryReport<byte[], byte[]>> tell)
{
    private Action<DeliveryReport<byte[], byte[]>>? _tell = tell;

    public int Shard => shard;

    public long Index => index;

    public StreamedFact? Fact => fact;

    public int Bytes => bytes;

    /// <summary>Whether the topic has it; the answer may be lost all the same.</summary>
    public bool IsWritten { get; set; }

    /// <summary>Tells what became of it; the first answer counts.</summary>
    public void Answer(Error error, PersistenceStatus status)
    {
        var tell = _tell;
        _tell = null;
        tell?.Invoke(new() { Error = error, Status = status });
    }
}

/// <summary>An idempotent producer without gaps, as the relay sets up the client: it fails as a whole.</summary>
internal sealed class SimulatedProducer(World world, RelayProcess process, Action<Error> tell)
    : IProducer<byte[], byte[]>
{
    private readonly Dictionary<int, long> _last = [];
    private Error? _fatal;

    /// <summary>What was sent and not answered, by partition.</summary>
    public SortedDictionary<int, List<SimulatedRecord>> Lines { get; } = [];

    /// <summary>Partitions that know this producer.</summary>
    public HashSet<int> Known { get; } = [];

    public bool IsDisposed { get; private set; }

    public bool IsFatal => _fatal is not null;

    public RelayProcess Process => process;

    public Handle Handle => throw new NotSupportedException();

    public string Name => "simulated";

    public void Produce(
        TopicPartition topicPartition, Message<byte[], byte[]> message,
        Action<DeliveryReport<byte[], byte[]>>? deliveryHandler)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (_fatal is { } fatal)
        {
            throw Refused(fatal);
        }

        if (Lines.Values.Sum(line => line.Count) >= process.Options.Relay.QueueLengthMax)
        {
            throw Refused(new(ErrorCode.Local_QueueFull, "queue full"));
        }

        var read = FactRecord.Read(message!);
        var position = read.Fact is { } fact ? new LedgerPosition(fact.Position) : read.Claim!.Value;
        var record = new SimulatedRecord(
            position.Shard, position.Index, read.Fact, message.Value?.Length ?? 0, deliveryHandler!);
        if (record.Bytes > world.MessageBytesMax)
        {
            world.Note($"{record.Shard}:{record.Index} is too large");
            world.TooLarge.Add((record.Shard, record.Index));
            throw Refused(new(ErrorCode.MsgSizeTooLarge, "too large"));
        }

        process.CheckSend(record.Shard, record.Index);
        CheckSend(record, topicPartition.Partition.Value);
        world.Note($"send {record.Shard}:{record.Index}{(read.Fact is null ? " by reference" : "")}");
        if (!Lines.TryGetValue(topicPartition.Partition.Value, out var line))
        {
            Lines[topicPartition.Partition.Value] = line = [];
        }

        line.Add(record);
        if (world.Broken == Broken.CursorFirst)
        {
            Answered(record);
        }
    }

    public void Answered(SimulatedRecord record)
    {
        world.Acked[record.Shard] = Math.Max(world.Acked[record.Shard], record.Index);
        record.Answer(new(ErrorCode.NoError), PersistenceStatus.Persisted);
    }

    /// <summary>The client tells of its end first, and of its records a moment later.</summary>
    /// <param name="tooLarge">Records of the request that the broker refused, if it did.</param>
    public void Fail(List<SimulatedRecord>? tooLarge = null)
    {
        var size = new Error(ErrorCode.MsgSizeTooLarge, "too large");
        var fatal = new Error(ErrorCode.OutOfOrderSequenceNumber, "out of order", isFatal: true);
        var failures = Lines.Values.SelectMany(line => line).Select(
            record => (Record: record, Error: tooLarge?.Contains(record) == true ? size : fatal)).ToList();
        _fatal = fatal;
        process.Pump.Post(world.RelayTicks, () => tell(fatal));
        process.Pump.Post(world.Soon(tooLarge is null ? 400 : 250), () => failures.ForEach(
            one => one.Record.Answer(one.Error, PersistenceStatus.NotPersisted)));
    }

    /// <summary>What is on the network may still arrive; the rest is gone.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        foreach (var line in Lines.Values)
        {
            var kept = world.Random.Next(line.Count + 1);
            line.RemoveRange(kept, line.Count - kept);
        }
    }

    public Task<DeliveryResult<byte[], byte[]>> ProduceAsync(
        string topic, Message<byte[], byte[]> message, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<DeliveryResult<byte[], byte[]>> ProduceAsync(
        TopicPartition topicPartition, Message<byte[], byte[]> message, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public void Produce(
        string topic, Message<byte[], byte[]> message, Action<DeliveryReport<byte[], byte[]>>? deliveryHandler) =>
        throw new NotSupportedException();

    public int Poll(TimeSpan timeout) => throw new NotSupportedException();

    public int Flush(TimeSpan timeout) => throw new NotSupportedException();

    public void Flush(CancellationToken cancellationToken) => throw new NotSupportedException();

    public void InitTransactions(TimeSpan timeout) => throw new NotSupportedException();

    public void BeginTransaction() => throw new NotSupportedException();

    public void CommitTransaction(TimeSpan timeout) => throw new NotSupportedException();

    public void CommitTransaction() => throw new NotSupportedException();

    public void AbortTransaction(TimeSpan timeout) => throw new NotSupportedException();

    public void AbortTransaction() => throw new NotSupportedException();

    public void SendOffsetsToTransaction(
        IEnumerable<TopicPartitionOffset> offsets, IConsumerGroupMetadata groupMetadata, TimeSpan timeout) =>
        throw new NotSupportedException();

    public int AddBrokers(string brokers) => throw new NotSupportedException();

    public void SetSaslCredentials(string username, string password) => throw new NotSupportedException();

    /// <summary>A series follows on what the topic has, in its partition, without a gap.</summary>
    private void CheckSend(SimulatedRecord record, int partition)
    {
        var (shard, index) = (record.Shard, record.Index);
        if (partition != shard % world.Partitions)
        {
            world.Fault ??= $"{shard}:{index} was sent to partition {partition}";
        }

        if (index > _last.GetValueOrDefault(shard, -1) + 1 && !world.HasUpTo(shard, index - 1))
        {
            world.Fault ??= $"{shard}:{index} was sent before facts that precede it";
        }

        if (record.Fact is null && !world.TooLarge.Contains((shard, index)))
        {
            world.Fault ??= $"{shard}:{index} was sent by reference, and had not been refused";
        }

        _last[shard] = index;
    }

    private static ProduceException<byte[], byte[]> Refused(Error error) => new(error, new());
}
