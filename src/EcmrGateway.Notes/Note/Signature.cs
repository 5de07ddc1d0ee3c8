using System.Collections.Immutable;

namespace EcmrGateway.Notes.Note;

/// <summary>
/// An electronic signature or seal, e-CMR art. 3; advanced at least (Regulation (EU) No 910/2014 art. 26, 36).
/// </summary>
public sealed record Signature
{
    /// <summary>Role of who signed: consignor, carrier or consignee; at most 35 characters.</summary>
    public string SignerRole { get; init; } = "";

    /// <summary>Legal level.</summary>
    public SignatureLevel Level { get; init; }

    /// <summary>Format, as "JAdES-B-B"; at most 35 characters.</summary>
    public string Format { get; init; } = "";

    /// <summary>Algorithm, as "ES256"; at most 35 characters.</summary>
    public string Algorithm { get; init; } = "";

    /// <summary>Identifier of the key; at most 128 characters.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>Certificates, signer first, DER; at most 5 of at most 8 KiB.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> CertificateChain { get; init; } = [];

    /// <summary>When it was made.</summary>
    public Moment? SignedTime { get; init; }

    /// <summary>RFC 3161 time stamp token, DER; at most 16 KiB.</summary>
    public ReadOnlyMemory<byte> TimestampToken { get; init; }

    /// <summary>The signature itself; at most 16 KiB.</summary>
    public ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>Outcome of the submitter's own validation; at most 70 characters.</summary>
    public string ValidationStatus { get; init; } = "";

    /// <summary>When it was validated.</summary>
    public Moment? ValidatedTime { get; init; }

    /// <summary>Policy it was validated under; at most 256 characters.</summary>
    public string ValidationPolicy { get; init; } = "";
}
