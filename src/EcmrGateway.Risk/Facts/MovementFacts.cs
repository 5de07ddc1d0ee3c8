namespace EcmrGateway.Risk.Facts;

/// <summary>What a factor may know of a movement: times, masses and axles, and nothing of its places.</summary>
/// <remarks>
/// Origin and destination of a journey may not select a vehicle (Directive 2006/22/EC art. 4(4)), so factors get
/// this view and never the movement itself.
/// </remarks>
public sealed record MovementFacts
{
    public required int Leg { get; init; }

    /// <summary>The note behind it.</summary>
    public required NoteFact Note { get; init; }

    /// <summary>Who drives, where the leg says so itself; null: the contracting carrier, if known.</summary>
    public SubjectId? StatedCarrier { get; init; }

    /// <summary>Milliseconds; null: not known.</summary>
    public long? StartMs { get; init; }

    /// <summary>Milliseconds; null: not known.</summary>
    public long? EndMs { get; init; }

    /// <summary>Maximum mass of the combination, kilograms; 0: not stated.</summary>
    public int MaxMassKg { get; init; }

    /// <summary>0: not stated.</summary>
    public int Axles { get; init; }

    public int Trailers { get; init; }

    /// <summary>Position of the note's ledger entry.</summary>
    public long Position => Note.Position;

    /// <summary>Who drives; null: not known.</summary>
    public SubjectId? Carrier => StatedCarrier ?? Note.Carrier;

    /// <summary>Moment to which history is brought for it.</summary>
    public long AsOfMs => StartMs ?? Note.ReceivedMs;
}
