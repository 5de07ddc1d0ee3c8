using System.ComponentModel.DataAnnotations;
using EcmrGateway.Streaming.Kafka;
using EcmrGateway.Streaming.Relay;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming;

/// <summary>Section "Stream".</summary>
public sealed record StreamOptions
{
    public const string Section = "Stream";

    public const string LedgerEngine = "Ledger";

    public const string KafkaEngine = "Kafka";

    /// <summary>
    /// Where facts come from. "Ledger": the tail of the ledger itself. "Kafka": a topic that a relay writes to.
    /// </summary>
    [Required]
    [AllowedValues(LedgerEngine, KafkaEngine)]
    public string Engine { get; init; } = LedgerEngine;

    /// <summary>
    /// Facts in one batch: more than a consumer scores in a tenth of a second make a restart no faster.
    /// </summary>
    [Range(1, 16_384)]
    public int BatchLengthMax { get; init; } = 512;

    /// <summary>The brokers, the topic and the group. Used with the engine "Kafka".</summary>
    [ValidateObjectMembers]
    public KafkaOptions Kafka { get; init; } = new();

    /// <summary>How facts get from the ledger to the topic. Used with the engine "Kafka".</summary>
    [ValidateObjectMembers]
    public RelayOptions Relay { get; init; } = new();
}

/// <summary>Checks what the attributes say, generated.</summary>
[OptionsValidator]
internal sealed partial class StreamOptionsValidator : IValidateOptions<StreamOptions>;
