namespace EcmrGateway.Notes.Note;

/// <summary>Identifier of an event in the submitter's system, written as <see cref="NoteId"/> is.</summary>
public readonly record struct NoteEventId(Guid Value)
{
    /// <inheritdoc cref="NoteId.TryParse"/>
    public static bool TryParse(ReadOnlySpan<char> text, out NoteEventId id)
    {
        var read = NoteId.TryParse(text, out var value);
        id = new(value.Value);
        return read;
    }

    public override string ToString() => Value.ToString("D");
}
