namespace EcmrGateway.Risk.Facts;

/// <summary>What a score may know of a recorded consignment note; see ecmr.facts.v1.NoteRecorded.</summary>
/// <remarks>Times are milliseconds since 1970-01-01T00:00:00Z.</remarks>
public sealed record NoteFact
{
    /// <summary>Position of the note's ledger entry: the identity of the fact.</summary>
    public required long Position { get; init; }

    public required long ReceivedMs { get; init; }

    /// <summary>The contracting carrier; null: could not be told apart.</summary>
    public SubjectId? Carrier { get; init; }

    public SubjectId? Consignor { get; init; }

    /// <summary>Gross mass of all lines, grams; null: quantities only.</summary>
    public long? GrossMassG { get; init; }

    public int PackageCount { get; init; }

    /// <summary>Codes of the warnings, sorted.</summary>
    public IReadOnlyList<string> WarningCodes { get; init; } = [];

    /// <summary>When it was made out; null: only the date is known.</summary>
    public long? IssuedMs { get; init; }

    /// <summary>Null: no dangerous goods lines and no indicator.</summary>
    public DangerousGoodsLoad? DangerousGoods { get; init; }

    public bool Waste { get; init; }

    /// <summary>By content.</summary>
    public bool Equals(NoteFact? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Position == other.Position
            && ReceivedMs == other.ReceivedMs
            && Carrier == other.Carrier
            && Consignor == other.Consignor
            && GrossMassG == other.GrossMassG
            && PackageCount == other.PackageCount
            && IssuedMs == other.IssuedMs
            && Waste == other.Waste
            && Sequences.Same(WarningCodes, other.WarningCodes)
            && Equals(DangerousGoods, other.DangerousGoods));

    public override int GetHashCode() => HashCode.Combine(Position, ReceivedMs, GrossMassG);
}

/// <summary>Dangerous goods on a note.</summary>
/// <param name="Indicator">The note's own indicator; null: not stated.</param>
public sealed record DangerousGoodsLoad(
    IReadOnlyList<DangerousGoodsLine> Lines, bool? Indicator, IReadOnlyList<DangerousGoodsDiscrepancy> Discrepancies)
{
    /// <summary>By content.</summary>
    public bool Equals(DangerousGoodsLoad? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Indicator == other.Indicator
            && Sequences.Same(Lines, other.Lines)
            && Sequences.Same(Discrepancies, other.Discrepancies));

    public override int GetHashCode() => HashCode.Combine(Lines.Count, Indicator, Discrepancies.Count);
}

/// <param name="UnNumber">0: not readable.</param>
/// <param name="TransportCategory">ADR 1.1.3.6: "0" to "4"; empty: not known.</param>
/// <param name="QuantityMilli">Thousandths of the unit of ADR 1.1.3.6.3.</param>
public sealed record DangerousGoodsLine(
    int UnNumber, string TransportCategory, long QuantityMilli, bool LimitedOrExcepted);

/// <param name="UnNumber">0: the note as a whole.</param>
public sealed record DangerousGoodsDiscrepancy(DiscrepancyKind Kind, int UnNumber);

/// <summary>Numbers as in ecmr.facts.v1.DangerousGoodsDiscrepancyKind.</summary>
public enum DiscrepancyKind
{
    IndicatorDeniesLines = 1,
    IndicatorWithoutLines = 2,
    UnNumberUnknown = 3,
    PackingGroup = 4,
    Label = 5,
    TunnelCode = 6,
    CarriageProhibited = 7,
    QuantityMissing = 8,
}
