using System.Globalization;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Kafka;

namespace EcmrGateway.Doctor;

/// <summary>Kafka: the brokers, the topics' settings, and how far scoring is.</summary>
internal static class StreamExam
{
    private const string Check = "stream";

    /// <summary>Records that may wait for scoring: some seconds of a busy process.</summary>
    private const long LagMax = 100_000;

    public static async Task<IReadOnlyList<Finding>> RunAsync(
        StreamOptions? stream, TimeProvider time, CancellationToken cancellation)
    {
        if (stream is not { Engine: StreamOptions.KafkaEngine })
        {
            return
            [
                Finding.NotChecked(
                    Check,
                    stream is null
                        ? "The settings of the stream cannot be read."
                        : "Facts are read from the ledger itself; there is no broker."),
            ];
        }

        return [.. Findings(stream.Kafka, await StreamCheckup.AskAsync(stream, time, cancellation))];
    }

    private static IEnumerable<Finding> Findings(KafkaOptions kafka, StreamReport report)
    {
        switch (report.State)
        {
            case BrokerState.Away:
                yield return Finding.Wrong(
                    Check,
                    report.Problem ?? $"No broker of Stream:Kafka:BootstrapServers {kafka.BootstrapServers} answers.",
                    "Start Kafka, or correct the address and Stream:Kafka:Settings. Meanwhile notes are taken in, and "
                    + "lists get old.");
                yield break;
            case BrokerState.NoTopic when kafka.CreateTopic:
                yield return Finding.Warning(
                    "topics", $"The topic {kafka.Topic} is not there yet.",
                    "The first relay or scoring process makes it.");
                yield break;
            case BrokerState.NoTopic:
                yield return Finding.Wrong(
                    "topics", $"The topic {kafka.Topic} is not there, and Stream:Kafka:CreateTopic is off.",
                    "Make it and its .dlt, as src/EcmrGateway.Streaming/asyncapi.yaml describes them.");
                yield break;
            case BrokerState.NoLeader:
                yield return Finding.Wrong(
                    Check, $"A partition of {kafka.Topic} has no leader.", "See which broker is away and start it.");
                break;
            default:
                yield return Finding.Ok(Check, $"Kafka answers at {kafka.BootstrapServers}.");
                break;
        }

        yield return report.Problem is { } problem
            ? Finding.Wrong(
                "topics", problem, "Change the topic, or the setting if less is enough; the start is refused.")
            : Finding.Ok("topics", $"{kafka.Topic} and its .dlt keep what the settings ask for.");
        yield return Lag(kafka, report.GroupLag);
    }

    private static Finding Lag(KafkaOptions kafka, long? lag)
    {
        if (lag is not { } behind)
        {
            return Finding.NotChecked("lag", $"The brokers do not tell of the group {kafka.Group}.");
        }

        var says = string.Create(
            CultureInfo.InvariantCulture, $"{behind} records wait for the group {kafka.Group}.");
        return behind <= LagMax
            ? Finding.Ok("lag", says)
            : Finding.Warning("lag", says, "See whether scoring runs; start more of it, up to the partitions.");
    }
}
