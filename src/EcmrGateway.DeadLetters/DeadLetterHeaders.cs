namespace EcmrGateway.DeadLetters;

/// <summary>Headers that a parked record has beside its own.</summary>
public static class DeadLetterHeaders
{
    public const string Topic = "ecmr_original_topic";
    public const string Partition = "ecmr_original_partition";
    public const string Offset = "ecmr_original_offset";
    public const string Code = "ecmr_error_code";
    public const string Time = "ecmr_first_failure_time";
}

/// <summary>Headers of a record that says what is to become, or has become, of a key.</summary>
public static class ControlHeaders
{
    /// <summary>One of <see cref="ControlKind"/>, in upper case.</summary>
    public const string Control = "ecmr_control";

    /// <summary>Offset on the topic of dead letters up to which the key's records are settled; -1: none.</summary>
    public const string Through = "ecmr_through";

    /// <summary>Why: an operator's words, or the code of what is still wrong.</summary>
    public const string Reason = "ecmr_reason";

    public const string Time = "ecmr_control_time";
}
