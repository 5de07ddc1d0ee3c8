namespace EcmrGateway.Notes.Note;

/// <summary>A document handed to the carrier or annexed.</summary>
public sealed record AttachedDocument
{
    /// <summary>Type, UNTDID 1001. eFTI181.</summary>
    public string TypeCode { get; init; } = "";

    /// <summary>Number; at most 70 characters. eFTI177.</summary>
    public string Number { get; init; } = "";

    /// <summary>SHA-256 of its bytes, e-CMR art. 6(2); 32 bytes or absent.</summary>
    public ReadOnlyMemory<byte> Sha256 { get; init; }

    /// <summary>Media type, as "application/pdf".</summary>
    public string MediaType { get; init; } = "";

    /// <summary>Size in bytes.</summary>
    public long SizeBytes { get; init; }

    /// <summary>Who issued it; at most 140 characters.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Date of issue.</summary>
    public DateOnly? Date { get; init; }
}
