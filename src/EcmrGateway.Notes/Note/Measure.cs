namespace EcmrGateway.Notes.Note;

/// <summary>A quantity with its unit.</summary>
public readonly record struct Measure
{
    private const decimal KilogramsPerTonne = 1000;

    private const decimal GramsPerKilogram = 1000;

    private const decimal LitresPerCubicMetre = 1000;

    private readonly string? _unit;

    /// <param name="unit">UN/ECE Recommendation 20 code.</param>
    public Measure(decimal value, string unit)
    {
        Value = DecimalText.WithoutTrailingZeros(value);
        _unit = unit;
    }

    /// <summary>Without trailing zeros.</summary>
    public decimal Value { get; }

    /// <summary>UN/ECE Recommendation 20 code, as "KGM".</summary>
    public string Unit => _unit ?? "";

    /// <summary>The mass in kilograms; null: not a unit of mass.</summary>
    public decimal? Kilograms => _unit switch
    {
        "KGM" => Value,
        "TNE" => Value * KilogramsPerTonne,
        "GRM" => Value / GramsPerKilogram,
        _ => null,
    };

    /// <summary>The volume in litres; null: not a unit of volume.</summary>
    public decimal? Litres => _unit switch
    {
        "LTR" => Value,
        "MTQ" => Value * LitresPerCubicMetre,
        _ => null,
    };
}

/// <summary>What a measure measures, and so which units it may have.</summary>
public enum MeasureKind
{
    /// <summary>Any unit that Recommendation 20 has not deleted; not below zero.</summary>
    Quantity,

    /// <summary>KGM, TNE or GRM; not below zero.</summary>
    Mass,

    /// <summary>MTQ or LTR; not below zero.</summary>
    Volume,

    /// <summary>CEL.</summary>
    Temperature,
}
