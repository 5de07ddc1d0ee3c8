namespace EcmrGateway.Notes.Note;

/// <summary>Where and when the note was made out, art. 6(1)(a).</summary>
public sealed record Issue
{
    /// <summary>Date of the note. Required. eFTI171.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Place where it was made out, as written; at most 256 characters. Required. eFTI172.</summary>
    public string Place { get; init; } = "";

    /// <summary>
    /// Country of that place, ISO 3166-1 alpha-2 in upper case. It decides which law on signatures applies (e-CMR
    /// art. 3).
    /// </summary>
    public CountryCode? Country { get; init; }

    /// <summary>Instant at which the note was made out, where the submitter's system knows it.</summary>
    public Moment? Time { get; init; }
}
