namespace EcmrGateway.Notes.Note;

/// <summary>The carrier takes over the goods, art. 6(1)(d) and 8.</summary>
public sealed record TakingOver
{
    /// <summary>Where. Required, with its country.</summary>
    public Place? Place { get; init; }

    /// <summary>Planned time. This or actual_time is required. eFTI39.</summary>
    public Moment? PlannedTime { get; init; }

    /// <summary>Actual time. Not in the future.</summary>
    public Moment? ActualTime { get; init; }

    /// <summary>When the vehicle arrived at the place.</summary>
    public Moment? ArrivedTime { get; init; }

    /// <summary>When the vehicle left the place.</summary>
    public Moment? DepartedTime { get; init; }

    /// <summary>
    /// Whether the carrier checked number, marks and apparent condition, art. 8(1). Absent: not stated.
    /// </summary>
    public bool? Checked { get; init; }
}
