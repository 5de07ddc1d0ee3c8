using Confluent.Kafka;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming.Kafka;

namespace EcmrGateway.Simulation;

/// <summary>A record on its way to the topic.</summary>
internal sealed record SimulatedRecord(
    int Shard, long Index, TaskCompletionSource<DeliveryResult<byte[], byte[]>> Answer)
{
    /// <summary>Whether the topic has it; the answer may be lost all the same.</summary>
    public bool IsWritten { get; set; }
}

/// <summary>An idempotent producer without gaps, as the relay sets up the client: it fails as a whole.</summary>
internal sealed class SimulatedProducer(World world, RelayProcess process, Action<Error> tell)
    : IProducer<byte[], byte[]>
{
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

    public Task<DeliveryResult<byte[], byte[]>> ProduceAsync(
        TopicPartition topicPartition, Message<byte[], byte[]> message, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (_fatal is { } fatal)
        {
            return Refused(fatal);
        }

        if (Lines.Values.Sum(line => line.Count) >= process.Options.Relay.QueueLengthMax)
        {
            return Refused(new(ErrorCode.Local_QueueFull, "queue full"));
        }

        var read = FactRecord.Read(message!);
        var position = read.Fact is { } fact ? new LedgerPosition(fact.Position) : read.Claim!.Value;
        var (shard, index) = (position.Shard, position.Index);
        process.CheckSend(shard, index);
        world.Note($"send {shard}:{index}");
        var record = new SimulatedRecord(shard, index, new());
        if (!Lines.TryGetValue(topicPartition.Partition.Value, out var line))
        {
            Lines[topicPartition.Partition.Value] = line = [];
        }

        line.Add(record);
        if (world.Broken == Broken.CursorFirst)
        {
            Answered(record);
        }

        return record.Answer.Task;
    }

    public void Answered(SimulatedRecord record)
    {
        world.Acked[record.Shard] = Math.Max(world.Acked[record.Shard], record.Index);
        record.Answer.TrySetResult(new() { Status = PersistenceStatus.Persisted });
    }

    /// <summary>The client tells of its end first, and of its records a moment later.</summary>
    public void Fail(ErrorCode code)
    {
        _fatal = new(code, code.ToString(), isFatal: true);
        List<SimulatedRecord> lost = [.. Lines.Values.SelectMany(line => line)];
        process.Pump.Post(world.RelayTicks, () => tell(_fatal));
        process.Pump.Post(world.Soon(400), () => lost.ForEach(record => record.Answer.TrySetException(
            new ProduceException<byte[], byte[]>(_fatal, new DeliveryResult<byte[], byte[]>()))));
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

    public void Produce(
        string topic, Message<byte[], byte[]> message, Action<DeliveryReport<byte[], byte[]>>? deliveryHandler) =>
        throw new NotSupportedException();

    public void Produce(
        TopicPartition topicPartition, Message<byte[], byte[]> message,
        Action<DeliveryReport<byte[], byte[]>>? deliveryHandler) => throw new NotSupportedException();

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

    private static Task<DeliveryResult<byte[], byte[]>> Refused(Error error) =>
        Task.FromException<DeliveryResult<byte[], byte[]>>(
            new ProduceException<byte[], byte[]>(error, new DeliveryResult<byte[], byte[]>()));
}
