using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>What the attributes cannot say of the engine "Kafka"; reports every error at once.</summary>
internal sealed class KafkaRules : IValidateOptions<StreamOptions>
{
    /// <summary>
    /// Settings that the promises of order and completeness rest on, or that have a field of their own.
    /// </summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "acks", "request.required.acks", "enable.idempotence", "enable.gapless.guarantee", "transactional.id",
        "max.in.flight", "max.in.flight.requests.per.connection", "message.timeout.ms", "delivery.timeout.ms",
        "retries", "message.send.max.retries", "linger.ms", "queue.buffering.max.ms", "queue.buffering.max.messages",
        "queue.buffering.max.kbytes", "bootstrap.servers", "metadata.broker.list", "group.id", "group.instance.id",
        "group.protocol", "enable.auto.commit", "enable.auto.offset.store", "auto.offset.reset",
        "partition.assignment.strategy", "session.timeout.ms", "max.poll.interval.ms", "socket.timeout.ms",
        "queued.max.messages.kbytes", "allow.auto.create.topics", "message.max.bytes", "enable.partition.eof",
    };

    public ValidateOptionsResult Validate(string? name, StreamOptions options)
    {
        if (options.Engine != StreamOptions.KafkaEngine)
        {
            return ValidateOptionsResult.Success;
        }

        List<string> errors = [.. KafkaErrors(options.Kafka), .. RelayErrors(options)];
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> KafkaErrors(KafkaOptions kafka)
    {
        if (string.IsNullOrWhiteSpace(kafka.BootstrapServers))
        {
            yield return "Stream:Kafka:BootstrapServers is needed with Stream:Engine Kafka.";
        }

        if (kafka.MinInSyncReplicas > kafka.ReplicationFactor)
        {
            yield return "Stream:Kafka:MinInSyncReplicas is at most Stream:Kafka:ReplicationFactor.";
        }

        if (kafka.SessionTimeout >= kafka.PollIntervalMax)
        {
            yield return "Stream:Kafka:SessionTimeout is less than Stream:Kafka:PollIntervalMax.";
        }

        foreach (var setting in kafka.Settings.Keys.Where(Reserved.Contains))
        {
            yield return $"Stream:Kafka:Settings:{setting} is decided by the gateway or has a field of its own.";
        }

        foreach (var (setting, file) in kafka.SettingFiles)
        {
            if (Reserved.Contains(setting) || kafka.Settings.ContainsKey(setting))
            {
                yield return $"Stream:Kafka:SettingFiles:{setting} is decided by the gateway or set twice.";
            }

            if (!File.Exists(file))
            {
                yield return $"Stream:Kafka:SettingFiles:{setting} is not there.";
            }
        }
    }

    private static IEnumerable<string> RelayErrors(StreamOptions options)
    {
        var relay = options.Relay;
        if (2 * (relay.DeliveryTimeout + relay.RenewPeriod) > relay.LeaseDuration)
        {
            yield return "Stream:Relay:LeaseDuration is at least twice as long as Stream:Relay:DeliveryTimeout and "
                + "Stream:Relay:RenewPeriod together.";
        }

        if (relay.QueueLengthMax < relay.InFlightMax)
        {
            yield return "Stream:Relay:QueueLengthMax is at least Stream:Relay:InFlightMax.";
        }
    }
}
