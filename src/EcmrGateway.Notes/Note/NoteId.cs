namespace EcmrGateway.Notes.Note;

/// <summary>
/// Identifier of a note, chosen by the submitter (RFC 9562). The empty value stands for "not readable".
/// </summary>
public readonly record struct NoteId(Guid Value)
{
    /// <summary>
    /// Reads 36 characters in lower case, so that one identifier has one spelling. Nil is no identifier.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NoteId id)
    {
        id = default;
        if (text.ContainsAnyInRange('A', 'F') || !Guid.TryParseExact(text, "D", out var value) || value == Guid.Empty)
        {
            return false;
        }

        id = new(value);
        return true;
    }

    public override string ToString() => Value.ToString("D");
}
