using Confluent.Kafka;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Partitions whose next record can be neither handed over nor parked now; the others go on.</summary>
internal sealed partial class GroupMember
{
    /// <summary>Time between two tries of a partition that stands still.</summary>
    private static readonly TimeSpan StandPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The record is read again later.</summary>
    private void Stand(IConsumer<byte[]?, byte[]?> consumer, TopicPartitionOffset record, string reason)
    {
        if (_standing.TryAdd(record.Partition.Value, _time.GetTimestamp()))
        {
            LogStands(_logger, record.Partition.Value, record.Offset.Value, reason);
        }

        _standing[record.Partition.Value] = _time.GetTimestamp();
        consumer.Pause([record.TopicPartition]);
        consumer.Seek(record);
    }

    /// <summary>Tries those again that have stood for a while.</summary>
    private void TryStanding(IConsumer<byte[]?, byte[]?> consumer)
    {
        foreach (var (partition, since) in _standing)
        {
            if (_time.GetElapsedTime(since) >= StandPeriod)
            {
                _standing[partition] = _time.GetTimestamp();
                consumer.Resume([new(_options.Kafka.Topic, partition)]);
            }
        }
    }

    /// <summary>A partition that stood still is read again.</summary>
    private void GoesOn(int partition)
    {
        if (_standing.Count > 0 && _standing.Remove(partition))
        {
            LogGoesOn(_logger, partition);
        }
    }
}
