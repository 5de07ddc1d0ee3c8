using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Risk.Profiles;

/// <summary>What a consignor's profile keeps of a note.</summary>
/// <param name="Late">Whether it came in after its taking over.</param>
/// <param name="Warnings">Number of warnings.</param>
public readonly record struct NoteSummary(long Position, long ReceivedMs, bool Late, int Warnings)
{
    /// <param name="startsMs">Starts of the note's movements; null: not known. The first is the taking over.</param>
    /// <param name="lateAfterMs">How long after the taking over a note still counts as in time.</param>
    public static NoteSummary Of(NoteFact note, IEnumerable<long?> startsMs, long lateAfterMs)
    {
        // The least of none, or of nulls alone, is null: not known, and so not late.
        var late = startsMs.Min() is { } taken && note.ReceivedMs - taken > lateAfterMs;
        return new(note.Position, note.ReceivedMs, late, note.WarningCodes.Count);
    }
}
