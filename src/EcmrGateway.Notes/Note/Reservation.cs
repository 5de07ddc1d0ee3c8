namespace EcmrGateway.Notes.Note;

/// <summary>A carrier's remark on the condition, marks or number of the goods, art. 8 and 9.</summary>
public sealed record Reservation
{
    /// <summary>The reservation; at most 512 characters.</summary>
    public string Text { get; init; } = "";

    /// <summary>Its grounds, art. 8(2); at most 512 characters.</summary>
    public string Grounds { get; init; } = "";

    /// <summary>Whether the sender expressly accepted it on the note, art. 8(2).</summary>
    public bool AcceptedBySender { get; init; }

    /// <summary>Signature on it, where it has one of its own.</summary>
    public Signature? Signature { get; init; }
}
