using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>What the Kafka client says, in our log.</summary>
internal static partial class KafkaLog
{
    public static void Write(ILogger logger, LogMessage message)
    {
        if (message.Level <= SyslogLevel.Warning)
        {
            LogWarning(logger, message.Facility, message.Message);
        }
        else
        {
            LogDetail(logger, message.Facility, message.Message);
        }
    }

    /// <summary>Errors that the client itself recovers from, a broker that is away above all.</summary>
    public static void Write(ILogger logger, Error error) => LogError(logger, error.Code, error.Reason);

    [LoggerMessage(7010, LogLevel.Warning, "Kafka client, {Facility}: {Message}")]
    private static partial void LogWarning(ILogger logger, string facility, string message);

    [LoggerMessage(7011, LogLevel.Debug, "Kafka client, {Facility}: {Message}")]
    private static partial void LogDetail(ILogger logger, string facility, string message);

    [LoggerMessage(7012, LogLevel.Warning, "Kafka client: {Code}, {Reason}")]
    private static partial void LogError(ILogger logger, ErrorCode code, string reason);
}
