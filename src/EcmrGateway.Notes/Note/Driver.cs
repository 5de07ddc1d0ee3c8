namespace EcmrGateway.Notes.Note;

/// <summary>The driver. Personal data.</summary>
public sealed record Driver
{
    /// <summary>Name; at most 140 characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// Number of the driver attestation, Regulation (EC) No 1072/2009 art. 5; at most 35 characters.
    /// </summary>
    public string AttestationNo { get; init; } = "";

    /// <summary>Number of the ADR driver certificate; at most 35 characters.</summary>
    public string AdrCertificateNo { get; init; } = "";
}
