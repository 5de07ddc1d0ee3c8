using Confluent.Kafka;
using EcmrGateway.DeadLetters;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Writes to the topic of dead letters: records that are parked, and what has become of keys.</summary>
/// <remarks>
/// Used by one thread. A record goes to the partition that it came from, so that one member at a time writes there and
/// the order of a key is kept. As the relay's, the producer writes unbroken series and is given up at its first
/// failure; the member then begins anew at the offsets that were stored, and puts again what may be missing.
/// </remarks>
internal sealed class DeadLetters(StreamOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>Partitions that know the producer. Before that, a second record could pass the first.</summary>
    private readonly HashSet<int> _known = [];

    private IProducer<byte[]?, byte[]?>? _producer;

    /// <summary>Sends a record; it may be counted on when the task has completed.</summary>
    /// <exception cref="KafkaException">It is not known to be there; it may be put again.</exception>
    public Task Park(ConsumeResult<byte[]?, byte[]?> record, string code, CancellationToken cancellation)
    {
        var message = DeadLetterRecord.Park(record, code, time.GetUtcNow());
        try
        {
            return Send(record.Partition.Value, message, cancellation);
        }
        catch (KafkaException failure) when (failure.Error.Code == ErrorCode.MsgSizeTooLarge)
        {
            // Without its value, which the ledger has, and the facts' topic for a while.
            message.Value = null;
            FactRecord.RefersToLedger(message.Headers);
            return Send(record.Partition.Value, message, cancellation);
        }
    }

    /// <summary>Returns when the broker has the record.</summary>
    /// <exception cref="KafkaException">It is not known to have it; it may be put again.</exception>
    public void Tell(Settlement settlement) => Wait(
        Send(
            settlement.Partition,
            DeadLetterRecord.Control(
                settlement.Key.KeyBytes.ToArray(), settlement.Kind, settlement.Through, settlement.Reason,
                time.GetUtcNow()),
            CancellationToken.None),
        CancellationToken.None);

    /// <summary>After a failure: nothing of the producer is used again.</summary>
    public void GiveUp()
    {
        _producer?.Dispose();
        _producer = null;
        _known.Clear();
    }

    public void Dispose() => GiveUp();

    private Task<DeliveryResult<byte[]?, byte[]?>> Send(
        int partition, Message<byte[]?, byte[]?> message, CancellationToken cancellation)
    {
        _producer ??= new ProducerBuilder<byte[]?, byte[]?>(KafkaSettings.DeadLetters(options.Kafka))
            .SetLogHandler((_, entry) => KafkaLog.Write(logger, entry))
            .SetErrorHandler((client, error) => ClientErrors.Told(client, error, options.Kafka, logger))
            .Build();

        // Not cancelled: what is on its way may arrive whatever is waited for.
        var delivery = _producer.ProduceAsync(
            new TopicPartition(options.Kafka.DeadLetterTopic, partition), message, CancellationToken.None);
        if (delivery.IsFaulted)
        {
            // Refused by the client itself: told before another record can be sent, which would be taken.
            delivery.GetAwaiter().GetResult();
        }

        if (!_known.Contains(partition))
        {
            Wait(delivery, cancellation);
            _known.Add(partition);
        }

        return delivery;
    }

    private void Wait(Task delivery, CancellationToken cancellation)
    {
        try
        {
            delivery.WaitAsync(options.Relay.DeliveryTimeout, time, cancellation).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            throw NotAnswered();
        }
    }

    /// <summary>A record was not acknowledged in time.</summary>
    public static KafkaException NotAnswered() =>
        new(new Error(ErrorCode.Local_TimedOut, "No acknowledgement of a dead letter in time."));
}
