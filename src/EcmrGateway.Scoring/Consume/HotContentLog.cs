using Microsoft.Extensions.Logging;

namespace EcmrGateway.Scoring.Consume;

/// <remarks>All that is logged is in one file: over several, two builds put it into different order.</remarks>
internal sealed partial class HotContent
{
    [LoggerMessage(2010, LogLevel.Information, "Scoring of shard {Shard} goes on after index {Index}.")]
    private partial void LogResumed(int shard, long index);

    [LoggerMessage(
        2011, LogLevel.Information,
        "The hot store is filled from the facts of shard {Shard} up to index {Head}, after {Wait}.")]
    private partial void LogRebuilding(int shard, long head, TimeSpan wait);

    [LoggerMessage(
        2015, LogLevel.Warning, "The hot store has scores of facts that the ledger does not have. It is filled anew.")]
    private partial void LogAhead();

    [LoggerMessage(2012, LogLevel.Information, "The hot store is filled.")]
    private partial void LogRebuilt();

    [LoggerMessage(
        2016, LogLevel.Warning, "The parts of the hot store have lost different things. It is filled anew.")]
    private partial void LogParts();

    [LoggerMessage(
        2013, LogLevel.Warning,
        "The hot store, {Percent} percent filled, lost its content or the last of it. If no server of it failed and "
        + "nobody emptied it, it is too small.")]
    private partial void LogLost(int percent);

    [LoggerMessage(
        2014, LogLevel.Warning,
        "The hot store has content of another model or other settings. Scoring stands by until it has its own again.")]
    private partial void LogStandingBy();
}
