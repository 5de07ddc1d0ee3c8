namespace EcmrGateway.Notes.Note;

/// <summary>
/// Procedures agreed by the parties, e-CMR art. 5(1); each is a reference and the hash of its text.
/// </summary>
public sealed record ElectronicProcedures
{
    /// <summary>Making out the note and delivering it to the entitled party, 5(1)(a).</summary>
    public Procedure? Issuance { get; init; }

    /// <summary>Assurance of integrity, 5(1)(b).</summary>
    public Procedure? Integrity { get; init; }

    /// <summary>How the holder of the rights shows that he is the holder, 5(1)(c).</summary>
    public Procedure? HolderProof { get; init; }

    /// <summary>How delivery to the consignee is confirmed, 5(1)(d).</summary>
    public Procedure? DeliveryConfirmation { get; init; }

    /// <summary>How the note is supplemented or amended, 5(1)(e).</summary>
    public Procedure? Amendment { get; init; }

    /// <summary>Replacement by a note made out by other means, 5(1)(f).</summary>
    public Procedure? Replacement { get; init; }
}

/// <summary>One agreed procedure.</summary>
public sealed record Procedure
{
    /// <summary>Where its text is found; at most 512 characters.</summary>
    public string Uri { get; init; } = "";

    /// <summary>SHA-256 of that text; 32 bytes.</summary>
    public ReadOnlyMemory<byte> Sha256 { get; init; }
}
