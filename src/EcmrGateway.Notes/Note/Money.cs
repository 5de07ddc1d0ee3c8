namespace EcmrGateway.Notes.Note;

/// <summary>An amount of money.</summary>
public readonly record struct Money
{
    private readonly string? _currency;

    /// <param name="currency">ISO 4217 code; whether it exists is a rule's concern.</param>
    public Money(decimal amount, string currency)
    {
        Amount = DecimalText.WithoutTrailingZeros(amount);
        _currency = currency;
    }

    /// <summary>Without trailing zeros.</summary>
    public decimal Amount { get; }

    public string Currency => _currency ?? "";
}
