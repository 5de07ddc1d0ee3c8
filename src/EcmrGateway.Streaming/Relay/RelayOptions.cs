using System.ComponentModel.DataAnnotations;

namespace EcmrGateway.Streaming.Relay;

/// <summary>Section "Stream:Relay".</summary>
public sealed record RelayOptions
{
    /// <summary>CloudEvents source of the facts: a URN that names who runs the gateway.</summary>
    [Required]
    [RegularExpression("urn:[a-zA-Z0-9][a-zA-Z0-9-]{1,31}:[\\x21-\\x7e]{1,200}")]
    public string Source { get; init; } = "urn:ecmr:gateway";

    /// <summary>How long a shard stays with a relay that gives no sign of life.</summary>
    [Range(typeof(TimeSpan), "00:00:03", "00:10:00")]
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two signs of life.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan RenewPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Longest wait for the acknowledgement of a fact, after which the producer is built anew. Less than that before
    /// the end of a lease nothing is sent.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Facts of a shard that may wait for their acknowledgement.</summary>
    [Range(1, 65_536)]
    public int InFlightMax { get; init; } = 4_096;

    /// <summary>Facts in one read of the ledger.</summary>
    [Range(1, 16_384)]
    public int ReadLengthMax { get; init; } = 2_048;

    /// <summary>Facts of all shards that the producer holds; beyond it the shards wait.</summary>
    [Range(1, 1_000_000)]
    public int QueueLengthMax { get; init; } = 65_536;

    /// <summary>Memory of the producer for facts that it holds, KiB.</summary>
    [Range(1_024, 1_048_576)]
    public int QueueKiB { get; init; } = 64 * 1024;

    /// <summary>
    /// How long the producer collects facts for one request, milliseconds; as long as Kafka's own does by default.
    /// </summary>
    [Range(0, 1_000)]
    public int LingerMs { get; init; } = 5;

    /// <summary>
    /// Least time between two notes of a shard's place in the ledger. What was acknowledged and not noted is sent
    /// twice after a crash.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan AdvancePeriod { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait before a failed step is tried again; the first waits are shorter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan RetryWaitMax { get; init; } = TimeSpan.FromSeconds(10);
}
