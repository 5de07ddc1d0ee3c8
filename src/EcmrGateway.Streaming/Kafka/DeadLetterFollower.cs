using Confluent.Kafka;
using EcmrGateway.DeadLetters;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Knows which keys are parked in the partitions that a member has.</summary>
/// <remarks>
/// It reads the dead letters of a partition from the start before the first record of the partition is read, and then
/// goes on: so a member knows what members before it have parked, and hears of what an operator asks for. Used by the
/// member's thread only.
/// </remarks>
internal sealed partial class DeadLetterFollower(StreamOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>Time between two looks at the topic.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Records in one look: the member has facts to read too.</summary>
    private const int LookMax = 1_000;

    private readonly Dictionary<int, Followed> _partitions = [];
    private IConsumer<byte[]?, byte[]?>? _consumer;
    private bool _changed;
    private long _looked;

    /// <summary>Keys that are parked.</summary>
    public long Keys => _partitions.Values.Sum(one => (long)one.Keys.Count);

    /// <summary>Records that wait.</summary>
    public long Records => _partitions.Values.Sum(one => one.Keys.Records);

    /// <summary>Whether there is a partition whose dead letters were not read yet.</summary>
    public bool HasNew => _changed;

    public ParkedKeys Of(int partition) => _partitions[partition].Keys;

    public void Begin(int partition)
    {
        _partitions[partition] = new();
        _changed = true;
    }

    public void End(int partition) => _changed |= _partitions.Remove(partition);

    /// <summary>Reads on; of partitions that are new all that is there.</summary>
    /// <returns>Whether there was anything new.</returns>
    /// <exception cref="KafkaException">What is there could not be read in time.</exception>
    public bool Follow(CancellationToken cancellation)
    {
        var isNew = _changed;
        if (_changed)
        {
            Assign();
            Load(cancellation);
            _changed = false;
        }
        else if (time.GetElapsedTime(_looked) < Period)
        {
            return false;
        }

        for (var read = 0; read < LookMax && _consumer is not null && Read(TimeSpan.Zero); read++)
        {
            isNew = true;
        }

        _looked = time.GetTimestamp();
        return isNew;
    }

    /// <summary>The first key of which something is asked that nobody does yet.</summary>
    public (int Partition, ParkedKey Key)? Asked()
    {
        foreach (var (partition, followed) in _partitions)
        {
            foreach (var key in followed.Keys.Keys)
            {
                if (key is { State: not ParkedState.Parked, IsWorkedOn: false }
                    && (key.Held.Count > 0 || key.IsFollowed))
                {
                    return (partition, key);
                }
            }
        }

        return null;
    }

    /// <summary>Nothing of it is known any more.</summary>
    public void Clear()
    {
        _partitions.Clear();
        _changed = false;
        Dispose();
    }

    public void Dispose()
    {
        _consumer?.Dispose();
        _consumer = null;
    }

    private void Assign()
    {
        if (_partitions.Count == 0)
        {
            Dispose();
            return;
        }

        _consumer ??= new ConsumerBuilder<byte[]?, byte[]?>(KafkaSettings.PartitionReader(options.Kafka))
            .SetLogHandler((_, message) => KafkaLog.Write(logger, message))
            .SetErrorHandler((client, error) => ClientErrors.Told(client, error, options.Kafka, logger))
            .Build();
        _consumer.Assign(_partitions.Select(one => new TopicPartitionOffset(
            options.Kafka.DeadLetterTopic, one.Key, one.Value.Next)));
    }

    private void Load(CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (_partitions.Values.Any(one => !one.IsLoaded))
        {
            cancellation.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(start) > options.Kafka.PollIntervalMax / 2)
            {
                throw new KafkaException(
                    new Error(ErrorCode.Local_TimedOut, "The dead letters could not be read in time."));
            }

            Read(Poll);
        }

        if (Keys > 0)
        {
            LogParked(logger, Keys, Records);
        }
    }

    /// <returns>False: nothing came.</returns>
    private bool Read(TimeSpan wait)
    {
        try
        {
            if (_consumer!.Consume(wait) is not { } record)
            {
                return false;
            }

            if (!_partitions.TryGetValue(record.Partition.Value, out var followed))
            {
                return true;
            }

            if (record.IsPartitionEOF)
            {
                followed.IsLoaded = true;
                return true;
            }

            followed.Next = record.Offset + 1;
            if (DeadLetterRecord.Read(record) is { } letter)
            {
                followed.Keys.Apply(letter);
            }

            return true;
        }
        catch (ConsumeException failure) when (!failure.Error.IsFatal)
        {
            // The client goes on by itself.
            KafkaLog.Write(logger, failure.Error);
            return false;
        }
    }

    [LoggerMessage(
        7034, LogLevel.Warning,
        "{Keys} keys are parked in the partitions of this member, {Records} records wait for them.")]
    private static partial void LogParked(ILogger logger, long keys, long records);

    private sealed class Followed
    {
        public ParkedKeys Keys { get; } = new();

        public Offset Next { get; set; } = Offset.Beginning;

        public bool IsLoaded { get; set; }
    }
}
