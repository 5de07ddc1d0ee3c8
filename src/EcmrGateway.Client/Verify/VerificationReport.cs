namespace EcmrGateway.Client.Verify;

/// <summary>What was looked at, in order.</summary>
public enum VerificationStep
{
    /// <summary>Sizes and presence of the receipt's parts.</summary>
    Form,

    /// <summary>The statement is canonical JSON and names this log and place.</summary>
    Statement,

    /// <summary>The statement's commitment is that of the salt and the content's hash.</summary>
    Commitment,

    /// <summary>The path leads from the statement to the root, RFC 9162 2.1.3.2.</summary>
    Inclusion,

    /// <summary>The key is the one that the log is named after.</summary>
    Key,

    /// <summary>The tree head is signed with that key.</summary>
    Signature,

    /// <summary>The note at hand is the content.</summary>
    Note,
}

/// <summary>How a step ended.</summary>
public enum VerificationOutcome
{
    Passed,
    Failed,

    /// <summary>What it needs was not given.</summary>
    Skipped,
}

/// <param name="Detail">What was found, for people.</param>
public sealed record VerificationResult(VerificationStep Step, VerificationOutcome Outcome, string Detail);

/// <summary>All steps of a verification.</summary>
public sealed record VerificationReport(IReadOnlyList<VerificationResult> Results)
{
    /// <summary>No step failed, and all but that of the note were done. Without a key nothing is verified.</summary>
    public bool IsVerified => Results.All(result =>
        result.Outcome == VerificationOutcome.Passed
        || (result.Outcome == VerificationOutcome.Skipped && result.Step == VerificationStep.Note));
}
