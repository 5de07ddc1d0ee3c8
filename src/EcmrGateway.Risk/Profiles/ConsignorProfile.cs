namespace EcmrGateway.Risk.Profiles;

/// <summary>A consignor's latest notes, by time received and position, oldest first.</summary>
public sealed record ConsignorProfile(IReadOnlyList<NoteSummary> Notes)
{
    /// <summary>Notes kept: a share over more of them would follow changes too slowly.</summary>
    public const int NotesMax = 100;

    /// <summary>Nothing is known.</summary>
    public static ConsignorProfile Empty { get; } = new([]);

    /// <summary>How many of the notes came late or with warnings.</summary>
    public int Flawed { get; } = Notes.Count(note => note.Late || note.Warnings > 0);

    /// <summary>From a consignor's notes in any order, any of them more than once.</summary>
    public static ConsignorProfile Of(IEnumerable<NoteSummary> notes) => new(Latest.Of(notes, NotesMax, Compare));

    /// <returns>This same profile when the note changes nothing.</returns>
    public ConsignorProfile Fold(NoteSummary note)
    {
        var notes = Latest.Add(Notes, note, NotesMax, Compare);
        return ReferenceEquals(notes, Notes) ? this : new(notes);
    }

    /// <summary>By content.</summary>
    public bool Equals(ConsignorProfile? other) =>
        ReferenceEquals(this, other) || (other is not null && Sequences.Same(Notes, other.Notes));

    public override int GetHashCode() => HashCode.Combine(Notes.Count, Notes.Count == 0 ? 0 : Notes[^1].Position);

    private static int Compare(NoteSummary left, NoteSummary right)
    {
        var byTime = EventTime.OfNote(left.ReceivedMs).CompareTo(EventTime.OfNote(right.ReceivedMs));
        return byTime != 0 ? byTime : left.Position.CompareTo(right.Position);
    }
}
