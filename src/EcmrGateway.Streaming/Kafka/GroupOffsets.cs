using Confluent.Kafka;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>How far a consumer group is, asked by a consumer of it, which need not have joined.</summary>
/// <remarks>
/// A consumer that is assigned a partition without an offset asks by itself, once: when the coordinator moves just
/// then, it never reads the partition (librdkafka issue 5586). The admin client ends the process (5040).
/// </remarks>
internal static class GroupOffsets
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks until it is answered or the limit is over.</summary>
    /// <returns>Where to read on: the beginning where the group has stored nothing.</returns>
    /// <exception cref="KafkaException">The coordinator did not answer within the limit, or refuses for good.
    /// </exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static List<TopicPartitionOffset> Read(
        IConsumer<byte[]?, byte[]?> consumer, IReadOnlyList<TopicPartition> partitions, TimeSpan limit,
        TimeProvider time, CancellationToken stop)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return [.. consumer.Committed(partitions, limit).Select(one =>
                    one.Offset == Offset.Unset ? new(one.TopicPartition, Offset.Beginning) : one)];
            }
            catch (KafkaException failure) when (IsPassing(failure.Error) && time.GetElapsedTime(start) < limit)
            {
                stop.WaitHandle.WaitOne(Pause);
                stop.ThrowIfCancellationRequested();
            }
        }
    }

    private static bool IsPassing(Error error) => !error.IsFatal
        && error.Code is not (ErrorCode.GroupAuthorizationFailed or ErrorCode.TopicAuthorizationFailed);
}
