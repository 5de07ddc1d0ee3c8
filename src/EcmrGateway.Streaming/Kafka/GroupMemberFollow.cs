using Confluent.Kafka;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>What the member's thread does, from joining the group to leaving it.</summary>
internal sealed partial class GroupMember
{
    /// <summary>Longest poll: so soon an offset is stored after a batch has had its effect.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Poll while a batch could be handed over any moment.</summary>
    private static readonly TimeSpan ShortPoll = TimeSpan.FromMilliseconds(5);

    /// <summary>A consumer that is busy for longer has the partitions paused: to pause drops what was read ahead.
    /// </summary>
    private static readonly TimeSpan PauseAfter = TimeSpan.FromSeconds(1);

    /// <summary>Assignments whose offsets may be stored; a partition that moves away stays until it is gone.</summary>
    private readonly Dictionary<int, long> _storable = [];

    /// <summary>Partitions that stand still, each with the time since when.</summary>
    private readonly Dictionary<int, long> _standing = [];

    private bool _paused;
    private bool _moved;
    private long _fullSince;

    /// <exception cref="KafkaException">The client cannot be used any more.</exception>
    private void Follow()
    {
        Forget();
        using var consumer = Build();
        consumer.Subscribe(_options.Kafka.Topic);
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                Step(consumer);
            }

            StoreDone(consumer);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped while it waited for the dead letters.
        }
        finally
        {
            // Commits what was stored and leaves the group, so that others take over at once.
            consumer.Close();
        }
    }

    private IConsumer<byte[]?, byte[]?> Build() =>
        new ConsumerBuilder<byte[]?, byte[]?>(KafkaSettings.Member(_options.Kafka))
            .SetLogHandler((_, message) => KafkaLog.Write(_logger, message))
            .SetErrorHandler((client, error) => ClientErrors.Told(client, error, _options.Kafka, _logger))
            .SetPartitionsAssignedHandler(Assigned)
            .SetPartitionsRevokedHandler((consumer, revoked) => Revoked(consumer, revoked))
            .SetPartitionsLostHandler((_, lost) => Gone(lost))
            .Build();

    private void Step(IConsumer<byte[]?, byte[]?> consumer)
    {
        StoreDone(consumer);
        _reader.Follow(_stop.Token);
        if (_reader.IsFull && !TryHandOver())
        {
            HoldBack(consumer);
            return;
        }

        GoOn(consumer);
        TryStanding(consumer);
        var waiting = _reader.Filling.IsEmpty ? Poll : _ready.Reader.Count == 0 ? TimeSpan.Zero : ShortPoll;
        if (!TryRead(consumer, waiting) && (!_reader.Filling.IsEmpty || _moved))
        {
            TryHandOver();
        }
    }

    /// <returns>False: there is nothing to read now.</returns>
    private bool TryRead(IConsumer<byte[]?, byte[]?> consumer, TimeSpan wait)
    {
        try
        {
            if (consumer.Consume(wait) is not { } record)
            {
                return false;
            }

            _telemetry.Consumed(_options.Kafka.Topic, _options.Kafka.Group);
            if (_reader.Read(record, _stop.Token) is { Length: > 0 } reason)
            {
                Stand(consumer, record.TopicPartitionOffset, reason);
            }
            else
            {
                GoesOn(record.Partition.Value);
            }

            return true;
        }
        catch (ConsumeException failure) when (!failure.Error.IsFatal)
        {
            // The client goes on by itself: the topic is not known yet, a broker is away, a poll came late.
            LogConsume(_logger, failure.Error.Code, failure.Error.Reason);
            return false;
        }
        catch (OperationCanceledException)
        {
            // Stopped while a record was being parked: it is read again.
            return false;
        }
    }

    private bool TryHandOver()
    {
        if (_ready.Reader.Count > 0 || !_reader.Filling.IsParked(_options.Relay.DeliveryTimeout, _time))
        {
            return false;
        }

        _ready.Writer.TryWrite(_reader.TakeFilled());
        _moved = false;
        _fullSince = 0;
        return true;
    }

    /// <summary>Both batches are full, and the consumer is busy.</summary>
    private void HoldBack(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (_fullSince == 0)
        {
            _fullSince = _time.GetTimestamp();
        }

        if (_time.GetElapsedTime(_fullSince) < PauseAfter)
        {
            _heard.WaitOne(Poll);
            return;
        }

        // Partitions that came while the others were paused are to be paused too.
        consumer.Pause(consumer.Assignment);
        _paused = true;
        TryRead(consumer, Poll);
    }

    private void GoOn(IConsumer<byte[]?, byte[]?> consumer)
    {
        if (_paused)
        {
            consumer.Resume(consumer.Assignment);
            _paused = false;
        }
    }

    private void StoreDone(IConsumer<byte[]?, byte[]?> consumer)
    {
        while (_done.Reader.TryRead(out var batch))
        {
            // First what was parked, then what came behind it: a crash in between brings the latter again, in order.
            foreach (var settlement in batch.Settlements.Where(one => IsStorable(one.Partition, one.Epoch)))
            {
                _reader.Settle(settlement);
            }

            foreach (var (partition, (next, epoch)) in batch.Offsets)
            {
                if (IsStorable(partition, epoch))
                {
                    Store(consumer, new(_options.Kafka.Topic, partition, next));
                }
            }
        }
    }

    private bool IsStorable(int partition, long epoch) =>
        _storable.TryGetValue(partition, out var storable) && storable == epoch;

    private static void Store(IConsumer<byte[]?, byte[]?> consumer, TopicPartitionOffset next)
    {
        try
        {
            consumer.StoreOffset(next);
        }
        catch (KafkaException lost) when (lost.Error.Code == ErrorCode.Local_State)
        {
            // The partition is another member's now, which reads those facts again.
        }
    }

    /// <returns>Where to read on.</returns>
    private List<TopicPartitionOffset> Assigned(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartition> assigned)
    {
        var offsets = assigned.Count == 0
            ? []
            : GroupOffsets.Read(consumer, assigned, _options.Kafka.RequestTimeout, _time, _stop.Token);
        foreach (var partition in assigned.Select(one => one.Partition.Value))
        {
            _assignment.Add(partition);
            _storable[partition] = _assignment.EpochOf(partition)!.Value;
            _reader.Begin(partition);
        }

        _moved = true;
        return offsets;
    }

    /// <summary>Partitions move away in order: a batch in hand may have its effect first.</summary>
    private void Revoked(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartitionOffset> revoked)
    {
        int[] partitions = [.. revoked.Select(one => one.Partition.Value)];
        Remove(partitions);
        var start = _time.GetTimestamp();
        while (!_stop.IsCancellationRequested
            && Volatile.Read(ref _inHand) is { } batch && partitions.Any(batch.Offsets.ContainsKey)
            && _time.GetElapsedTime(start) < _options.Kafka.HandOverTimeout)
        {
            _heard.WaitOne(Poll);
        }

        StoreDone(consumer);
        Forget(partitions);
    }

    /// <summary>Partitions that others may have had for a while: nothing of them is stored any more.</summary>
    private void Gone(List<TopicPartitionOffset> lost)
    {
        int[] partitions = [.. lost.Select(one => one.Partition.Value)];
        Remove(partitions);
        Forget(partitions);
    }

    private void Remove(int[] partitions)
    {
        lock (_moving)
        {
            foreach (var partition in partitions)
            {
                _assignment.Remove(partition);
            }
        }

        foreach (var partition in partitions)
        {
            _reader.End(partition);
            _standing.Remove(partition);
        }

        _moved = true;
    }

    private void Forget(int[] partitions)
    {
        foreach (var partition in partitions)
        {
            _storable.Remove(partition);
        }
    }

    /// <summary>Nothing of an earlier client counts.</summary>
    private void Forget()
    {
        _assignment.Clear();
        _storable.Clear();
        _standing.Clear();
        _reader.Forget();
        _paused = false;
    }
}
