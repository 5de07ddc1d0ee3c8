namespace EcmrGateway.Notes.Note;

/// <summary>A charge of the carriage, art. 6(1)(i) and 6(2)(b).</summary>
public sealed record Charge
{
    /// <summary>Kind, UN/ECE Recommendation 23. eFTI943.</summary>
    public string TypeCode { get; init; } = "";

    /// <summary>Amount, zero or more. eFTI951.</summary>
    public Money? Amount { get; init; }

    /// <summary>Who pays. eFTI953.</summary>
    public Payer Payer { get; init; }

    /// <summary>Payment arrangement; at most 35 characters. eFTI945.</summary>
    public string Arrangement { get; init; } = "";
}
