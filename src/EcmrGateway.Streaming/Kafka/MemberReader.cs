using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Reads records into the batch that fills. Used by the member's thread only.</summary>
internal sealed partial class MemberReader : IDisposable
{
    private readonly MemberAssignment _assignment;
    private readonly Dictionary<int, long> _after;
    private readonly Dictionary<int, long> _read = [];
    private readonly StreamTelemetry _telemetry;
    private readonly DeadLetters _deadLetters;
    private readonly ILogger _logger;

    public MemberReader(
        StreamOptions options, MemberAssignment assignment, IReadOnlyDictionary<int, long> after,
        StreamTelemetry telemetry, TimeProvider time, ILogger logger)
    {
        _assignment = assignment;
        _after = new(after);
        _telemetry = telemetry;
        _logger = logger;
        _deadLetters = new(options, time, logger);
    }

    public MemberBatch Filling { get; private set; } = new();

    public MemberBatch TakeFilled()
    {
        var filled = Filling;
        Filling = new();
        return filled;
    }

    /// <summary>
    /// A shard's facts begin anew with each assignment; the first time after what the consumer knows.
    /// </summary>
    public void Begin(int partition)
    {
        foreach (var shard in _assignment.ShardsOf(partition))
        {
            _read[shard] = _after.Remove(shard, out var known) ? known : -1;
        }
    }

    /// <exception cref="KafkaException">The record is no fact and could not be set aside.</exception>
    public void Read(ConsumeResult<byte[]?, byte[]?> record, CancellationToken cancellation)
    {
        if (_assignment.EpochOf(record.Partition.Value) is not { } epoch)
        {
            // Its partition went while it was on its way.
            return;
        }

        var (fact, fault) = FactRecord.Read(record.Message);
        if (fact is null)
        {
            LogSetAside(_logger, record.Partition.Value, record.Offset.Value, fault);
            _deadLetters.Put(record, fault, cancellation);
            _telemetry.SetAside(fault);
        }
        else if (IsNew(fact))
        {
            Filling.Facts.Add(new(fact, record.Partition.Value));
        }

        Filling.Read(record.TopicPartitionOffset, epoch);
    }

    public void Dispose() => _deadLetters.Dispose();

    /// <summary>
    /// A relay that begins anew writes facts twice, and none before those that precede it: what is not beyond the last
    /// one was read already.
    /// </summary>
    private bool IsNew(StreamedFact fact)
    {
        var shard = FactPosition.ShardOf(fact.Position);
        var index = FactPosition.IndexOf(fact.Position);
        if (_read.TryGetValue(shard, out var last) && index <= last)
        {
            return false;
        }

        _read[shard] = index;
        return true;
    }

    [LoggerMessage(
        7031, LogLevel.Error, "The record at {Partition}:{Offset} is no fact ({Fault}); it is set aside.")]
    private static partial void LogSetAside(ILogger logger, int partition, long offset, string fault);
}
