using System.ComponentModel.DataAnnotations;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>How members of a consumer group agree on who reads what.</summary>
public enum ConsumerProtocol
{
    /// <summary>Members agree among themselves; every broker knows it.</summary>
    Classic = 1,

    /// <summary>The broker decides (KIP-848); needs Kafka 4.0 or later.</summary>
    Consumer = 2,
}

/// <summary>Section "Stream:Kafka".</summary>
public sealed record KafkaOptions
{
    /// <summary>Brokers to begin with, such as "kafka-1:9092,kafka-2:9092". No default.</summary>
    public string BootstrapServers { get; init; } = "";

    /// <summary>The topic of the facts. Records that cannot be used go to the topic with ".dlt" at the end.</summary>
    [Required]
    [RegularExpression("[a-zA-Z0-9.-]{1,200}")]
    public string Topic { get; init; } = "ecmr.facts.v1";

    /// <summary>
    /// Partitions of the topic, exactly. A shard's facts are in partition shard modulo this number, so that it is not
    /// changed while there are facts that were not consumed.
    /// </summary>
    [Range(1, 4_096)]
    public int Partitions { get; init; } = 16;

    /// <summary>Replicas that each partition has at least.</summary>
    [Range(1, 15)]
    public int ReplicationFactor { get; init; } = 3;

    /// <summary>Replicas that have a fact, at least, before it counts as written.</summary>
    [Range(1, 15)]
    public int MinInSyncReplicas { get; init; } = 2;

    /// <summary>Whether topics that are not there are made. Otherwise their absence stops the start.</summary>
    public bool CreateTopic { get; init; } = true;

    /// <summary>
    /// How long a topic that is made here keeps facts: longer than consumers may be away. What is gone from the topic
    /// is still in the ledger, and profiles are rebuilt from there.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(14);

    /// <summary>The consumer group: its members share the partitions.</summary>
    [Required]
    [StringLength(200)]
    public string Group { get; init; } = "ecmr-scoring";

    /// <summary>
    /// Name of this member, the same after a restart, so that a short absence moves no partition. Empty: none.
    /// </summary>
    [StringLength(200)]
    public string GroupInstance { get; init; } = "";

    [EnumDataType(typeof(ConsumerProtocol))]
    public ConsumerProtocol ConsumerProtocol { get; init; } = ConsumerProtocol.Classic;

    /// <summary>
    /// After so long without a sign of life a member's partitions go to others. With the protocol "Consumer" the
    /// broker's own setting counts.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:06", "00:30:00")]
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time between two polls, after which the member is put out of the group.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan PollIntervalMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long partitions that move away wait for the batch in hand to have its effect.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan HandOverTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Memory of the consumer for facts read ahead, KiB.</summary>
    [Range(64, 1_048_576)]
    public int ReadAheadKiB { get; init; } = 16 * 1024;

    /// <summary>
    /// Keys of one partition that are parked, at most. Where more cannot be read it is no matter of single records: the
    /// partition stands still until keys are released or the program can read them.
    /// </summary>
    [Range(1, 100_000)]
    public int ParkedKeysMax { get; init; } = 1_000;

    /// <summary>Records of one partition that wait for their keys, at most; beyond it it stands still.</summary>
    [Range(1, 10_000_000)]
    public int ParkedRecordsMax { get; init; } = 100_000;

    /// <summary>Longest wait for the answer to one request, also of the start-up check.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Further settings of the client by the names of librdkafka, such as "security.protocol": "ssl". Not for secrets.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Settings whose value is the content of a file, such as "sasl.password": a path, so that no secret is in a
    /// setting.
    /// </summary>
    public IReadOnlyDictionary<string, string> SettingFiles { get; init; } = new Dictionary<string, string>();

    internal string DeadLetterTopic => $"{Topic}.dlt";
}
