using Confluent.Kafka;
using EcmrGateway.Ledger;

namespace EcmrGateway.Streaming.Relay;

/// <summary>A fact on its way to the broker.</summary>
/// <param name="IsAlone">Whether nothing else of the shard could be in the same request.</param>
/// <param name="Timestamp">Of the monotonic clock, when it was handed to the producer.</param>
internal sealed record SentFact(
    RecordedFact Fact, Task<DeliveryResult<byte[], byte[]>> Delivery, DateTimeOffset Sent, long Timestamp,
    bool IsAlone);
