namespace EcmrGateway.Notes.Rules;

/// <summary>How a finding ends.</summary>
public enum Severity
{
    /// <summary>The note is refused.</summary>
    Error,

    /// <summary>The note is accepted, and the finding travels with the receipt.</summary>
    Warning,
}

/// <summary>One thing that was found about a note.</summary>
/// <param name="Code">One of <see cref="RuleCodes"/>: never renamed, never reused.</param>
/// <param name="Field">Path in the wire schema, as "items[2].gross_mass.value".</param>
/// <param name="Message">English, for the submitter. Holds nothing of the note's content.</param>
public readonly record struct Finding(string Code, Severity Severity, string Field, string Message);
