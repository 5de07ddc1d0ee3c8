using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <remarks>All that is logged is in one file: over several, two builds put it into different order.</remarks>
internal sealed partial class GroupMember
{
    [LoggerMessage(7030, LogLevel.Warning, "The member of the consumer group failed and joins anew.")]
    private static partial void LogRejoin(ILogger logger, Exception failure);

    [LoggerMessage(7032, LogLevel.Warning, "The consumer group's member cannot read now: {Code}, {Reason}")]
    private static partial void LogConsume(ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(7033, LogLevel.Error, "Partition {Partition} stands still at {Offset}: {Reason}.")]
    private static partial void LogStands(ILogger logger, int partition, long offset, string reason);

    [LoggerMessage(7036, LogLevel.Information, "Partition {Partition} goes on.")]
    private static partial void LogGoesOn(ILogger logger, int partition);
}
