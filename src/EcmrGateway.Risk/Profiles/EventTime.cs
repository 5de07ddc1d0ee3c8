namespace EcmrGateway.Risk.Profiles;

/// <summary>The time that orders a subject's facts, milliseconds; a contract with the ledger.</summary>
/// <remarks>
/// After a cold miss a profile is built from the subject's newest facts by (event time, position), as the ledger
/// indexed them. Whoever writes that index must use these same times, or the cold profile differs from the warm one.
/// </remarks>
public static class EventTime
{
    /// <summary>Of a movement, for its vehicle: start, or else end, or else when the note was received.</summary>
    public static long OfMovement(long? startMs, long? endMs, long receivedMs) => startMs ?? endMs ?? receivedMs;

    /// <summary>Of a note for one vehicle that drives several of its legs: the latest of theirs.</summary>
    /// <remarks>The latest, so that the newest K facts of a vehicle hold its newest K movements.</remarks>
    public static long OfLegs(IEnumerable<(long? StartMs, long? EndMs)> legs, long receivedMs) =>
        legs.Select(leg => OfMovement(leg.StartMs, leg.EndMs, receivedMs)).DefaultIfEmpty(receivedMs).Max();

    /// <summary>Of a note, for its consignor.</summary>
    public static long OfNote(long receivedMs) => receivedMs;

    /// <summary>Of a check, for its carrier and its vehicle.</summary>
    public static long OfCheck(long inspectedMs) => inspectedMs;
}
