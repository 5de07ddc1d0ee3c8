using EcmrGateway.Ledger;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>What a member of the consumer group works with.</summary>
/// <param name="After">Indices by shard; facts up to them are left out at first.</param>
/// <param name="Check">What the consumer can use.</param>
internal sealed record MemberContext(
    StreamOptions Options, MemberAssignment Assignment, IReadOnlyDictionary<int, long> After, INoteLedger Ledger,
    FactCheck Check, StreamTelemetry Telemetry, TimeProvider Time, ILogger Logger);
