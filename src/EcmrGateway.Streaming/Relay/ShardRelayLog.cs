using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Relay;

/// <remarks>All that is logged is in one file: over several, two builds put it into different order.</remarks>
internal sealed partial class ShardRelay
{
    [LoggerMessage(7022, LogLevel.Warning, "The ledger cannot be used for the relay of shard {Shard} now.")]
    private static partial void LogLedger(ILogger logger, int shard, Exception failure);

    [LoggerMessage(7023, LogLevel.Information, "Shard {Shard} is relayed by another now.")]
    private static partial void LogLost(ILogger logger, int shard);

    [LoggerMessage(
        7027, LogLevel.Error,
        "Fact {Index} of shard {Shard}, {Bytes} bytes, is larger than the topic takes; it goes as a reference to the "
        + "ledger. Raise max.message.bytes of the topic.")]
    private static partial void LogTooLarge(ILogger logger, int shard, long index, int bytes);
}
