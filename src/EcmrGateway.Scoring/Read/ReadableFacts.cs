using EcmrGateway.Streaming;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Scoring.Read;

/// <summary>Reads facts that come to be scored, wherever they come from, and leaves out what cannot be read.</summary>
/// <remarks>
/// That is counted, since nobody would miss it otherwise. A stream with dead letters has parked it as well, for an
/// operator; a rebuild comes upon it again.
/// </remarks>
internal sealed partial class ReadableFacts(ScoringTelemetry telemetry, ILogger<ReadableFacts> logger)
{
    public List<ScoringFact> Of(IEnumerable<StreamedFact> facts)
    {
        (long Position, InvalidDataException Failure)? first = null;
        var unreadable = 0;
        List<ScoringFact> read =
        [
            .. FactReader.ReadHistory(facts, (streamed, failure) =>
            {
                first ??= (streamed.Position, failure);
                unreadable++;
            }),
        ];
        if (first is { } one)
        {
            telemetry.Unreadable(unreadable);
            LogUnreadable(one.Failure, unreadable, one.Position);
        }

        return read;
    }

    /// <remarks>A line for all that are read together: a rebuild may come upon a million of them.</remarks>
    [LoggerMessage(
        2001, LogLevel.Error, "{Count} facts cannot be read and are left out, the first of them at {Position}.")]
    private partial void LogUnreadable(Exception failure, int count, long position);
}
