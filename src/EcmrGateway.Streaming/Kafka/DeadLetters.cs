using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Sets records aside that are no facts, on a topic of their own, with where they came from and why.</summary>
/// <remarks>
/// Used by one thread, which waits for the broker: rare enough, and bounded by the delivery time-out.
/// </remarks>
internal sealed class DeadLetters(StreamOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    public const string TopicHeader = "ecmr_original_topic";
    public const string PartitionHeader = "ecmr_original_partition";
    public const string OffsetHeader = "ecmr_original_offset";
    public const string CodeHeader = "ecmr_error_code";
    public const string TimeHeader = "ecmr_first_failure_time";

    private IProducer<byte[]?, byte[]?>? _producer;

    /// <summary>Returns when the broker has the record.</summary>
    /// <exception cref="KafkaException">It is not known to have it; the record may be put again.</exception>
    public void Put(ConsumeResult<byte[]?, byte[]?> record, string code, CancellationToken cancellation)
    {
        var headers = new Headers();
        foreach (var header in record.Message.Headers ?? [])
        {
            headers.Add(header.Key, header.GetValueBytes());
        }

        Add(headers, TopicHeader, record.Topic);
        Add(headers, PartitionHeader, record.Partition.Value.ToString(CultureInfo.InvariantCulture));
        Add(headers, OffsetHeader, record.Offset.Value.ToString(CultureInfo.InvariantCulture));
        Add(headers, CodeHeader, code);
        Add(headers, TimeHeader, time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        try
        {
            _producer ??= new ProducerBuilder<byte[]?, byte[]?>(
                    KafkaSettings.DeadLetters(options.Kafka, options.Relay))
                .SetLogHandler((_, message) => KafkaLog.Write(logger, message))
                .SetErrorHandler((_, error) => KafkaLog.Write(logger, error))
                .Build();
            _producer.ProduceAsync(
                options.Kafka.DeadLetterTopic,
                new() { Key = record.Message.Key, Value = record.Message.Value, Headers = headers },
                cancellation).GetAwaiter().GetResult();
        }
        catch (KafkaException)
        {
            // A producer that failed once is not used again.
            _producer?.Dispose();
            _producer = null;
            throw;
        }
    }

    public void Dispose() => _producer?.Dispose();

    private static void Add(Headers headers, string name, string value) =>
        headers.Add(name, Encoding.UTF8.GetBytes(value));
}
