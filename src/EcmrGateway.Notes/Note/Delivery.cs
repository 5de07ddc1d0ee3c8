namespace EcmrGateway.Notes.Note;

/// <summary>The goods are handed to the consignee.</summary>
public sealed record Delivery
{
    /// <summary>Place designated for delivery, art. 6(1)(d). Required, with its country.</summary>
    public Place? Place { get; init; }

    /// <summary>Planned time. eFTI190.</summary>
    public Moment? PlannedTime { get; init; }

    /// <summary>Actual time. Not in the future, not before the taking over. eFTI188, a date there.</summary>
    public Moment? ActualTime { get; init; }

    /// <summary>When the vehicle arrived at the place.</summary>
    public Moment? ArrivedTime { get; init; }

    /// <summary>When the vehicle left the place.</summary>
    public Moment? DepartedTime { get; init; }
}
