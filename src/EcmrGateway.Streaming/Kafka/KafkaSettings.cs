using System.Globalization;
using Confluent.Kafka;
using EcmrGateway.Streaming.Relay;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>Settings of the clients, made from ours.</summary>
internal static class KafkaSettings
{
    public static AdminClientConfig Admin(KafkaOptions kafka) => new(Common(kafka));

    /// <summary>A producer that writes each partition as one unbroken series, or stops.</summary>
    /// <remarks>
    /// A message that times out is given up alone, and the next may still be written: a gap that an idempotent producer
    /// does not prevent. So messages have no time limit in the client; the relay watches the time and ends the whole
    /// producer. Any other failure of a message is fatal by the gapless guarantee.
    /// </remarks>
    public static ProducerConfig Relay(KafkaOptions kafka, RelayOptions relay) => new(Common(kafka))
    {
        Acks = Acks.All,
        EnableIdempotence = true,
        EnableGaplessGuarantee = true,
        MaxInFlight = 5,
        MessageTimeoutMs = 0,
        MessageMaxBytes = FactRecord.BytesMax,
        CompressionType = CompressionType.Lz4,
        LingerMs = relay.LingerMs,
        QueueBufferingMaxMessages = relay.QueueLengthMax,
        QueueBufferingMaxKbytes = relay.QueueKiB,
        DeliveryReportFields = "status",
        AllowAutoCreateTopics = false,
    };

    /// <summary>A producer like the relay's, for the records that a member parks.</summary>
    public static ProducerConfig DeadLetters(KafkaOptions kafka) => new(Common(kafka))
    {
        Acks = Acks.All,
        EnableIdempotence = true,
        EnableGaplessGuarantee = true,
        MaxInFlight = 5,
        MessageTimeoutMs = 0,
        MessageMaxBytes = FactRecord.BytesMax,
        LingerMs = 0,
        AllowAutoCreateTopics = false,
    };

    /// <summary>A reader of partitions that it is told, from offsets that it is told.</summary>
    public static ConsumerConfig PartitionReader(KafkaOptions kafka) => new(Common(kafka))
    {
        // Never joined; the client asks for a name.
        GroupId = kafka.Group,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnablePartitionEof = true,
        QueuedMaxMessagesKbytes = 1_024,
        AllowAutoCreateTopics = false,
    };

    public static ConsumerConfig Member(KafkaOptions kafka)
    {
        var config = new ConsumerConfig(Common(kafka))
        {
            GroupId = kafka.Group,
            EnableAutoCommit = true,
            AutoCommitIntervalMs = 1_000,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            QueuedMaxMessagesKbytes = kafka.ReadAheadKiB,
            MaxPollIntervalMs = (int)kafka.PollIntervalMax.TotalMilliseconds,
            AllowAutoCreateTopics = false,
        };
        if (kafka.GroupInstance.Length > 0)
        {
            config.GroupInstanceId = kafka.GroupInstance;
        }

        if (kafka.ConsumerProtocol == ConsumerProtocol.Consumer)
        {
            // The broker decides on assignment and session; the client refuses to be told of them.
            config.GroupProtocol = GroupProtocol.Consumer;
            return config;
        }

        config.GroupProtocol = GroupProtocol.Classic;
        config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
        config.SessionTimeoutMs = (int)kafka.SessionTimeout.TotalMilliseconds;
        return config;
    }

    /// <summary>What all clients have; the files are read now.</summary>
    public static Dictionary<string, string> Common(KafkaOptions kafka)
    {
        var settings = new Dictionary<string, string>(kafka.Settings)
        {
            ["bootstrap.servers"] = kafka.BootstrapServers,
            ["socket.timeout.ms"] = ((int)kafka.RequestTimeout.TotalMilliseconds).ToString(
                CultureInfo.InvariantCulture),
        };
        settings.TryAdd("client.id", "ecmr-gateway");
        foreach (var (setting, file) in kafka.SettingFiles)
        {
            settings[setting] = File.ReadAllText(file).TrimEnd('\r', '\n');
        }

        return settings;
    }
}
