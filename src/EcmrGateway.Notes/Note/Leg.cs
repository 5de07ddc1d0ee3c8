using System.Collections.Immutable;

namespace EcmrGateway.Notes.Note;

/// <summary>A part of the carriage by one vehicle between two places.</summary>
public sealed record Leg
{
    /// <summary>Mode of transport, code list CL-037: 3 is road, and 3 when absent. eFTI581.</summary>
    public string Mode { get; init; } = "";

    /// <summary>The motor vehicle.</summary>
    public Vehicle? Vehicle { get; init; }

    /// <summary>Trailers in order; at most 5.</summary>
    public ImmutableArray<Trailer> Trailers { get; init; } = [];

    /// <summary>Where the leg starts. Absent on a single leg: the place of taking over.</summary>
    public Place? From { get; init; }

    /// <summary>Where it ends. Absent on a single leg: the place designated for delivery.</summary>
    public Place? To { get; init; }

    /// <summary>Planned start. Absent on a single leg: the planned taking over.</summary>
    public Moment? StartTime { get; init; }

    /// <summary>Planned end. Absent on a single leg: the planned delivery.</summary>
    public Moment? EndTime { get; init; }

    /// <summary>Carrier that performs the leg, as sequence in carriers. 0 is the first.</summary>
    public int CarrierSequence { get; init; }
}
