using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;

namespace EcmrGateway.Risk;

/// <summary>Part of a score.</summary>
/// <param name="Code">Stable code of the factor.</param>
/// <param name="Points">Above 0.</param>
/// <param name="Because">One sentence an inspector can read out at the roadside. Holds no personal data.</param>
/// <param name="LegalBasis">Where the law asks for what is looked at.</param>
/// <param name="Sources">Positions of the ledger entries it rests on, rising.</param>
public sealed record Contribution(
    string Code, int Points, string Because, string LegalBasis, IReadOnlyList<long> Sources)
{
    /// <summary>By content.</summary>
    public bool Equals(Contribution? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Points == other.Points
            && Code == other.Code
            && Because == other.Because
            && LegalBasis == other.LegalBasis
            && Sequences.Same(Sources, other.Sources));

    public override int GetHashCode() => HashCode.Combine(Code, Points, Because);
}

/// <summary>Score of one movement. The contributions' points add up to <see cref="Points"/> exactly.</summary>
public sealed record MovementScore
{
    public required long Position { get; init; }

    public required int Leg { get; init; }

    /// <summary>0 to 100.</summary>
    public required int Points { get; init; }

    /// <summary>How grave the consequences can be: 1 (slight) to 4 (grave). Beside the points, never in them.</summary>
    public required int Consequence { get; init; }

    /// <summary>Moment to which history was brought, milliseconds: an input, never the clock.</summary>
    public required long AsOfMs { get; init; }

    public required long ReceivedMs { get; init; }

    /// <summary>Start and end used for the expected place, milliseconds.</summary>
    public required long StartMs { get; init; }

    public required long EndMs { get; init; }

    /// <summary>Whether times or places were missing, so that the vehicle is listed at the ends only.</summary>
    public required bool Uncertain { get; init; }

    /// <summary>Most points first, then by code and sentence. A factor may give several.</summary>
    public required IReadOnlyList<Contribution> Contributions { get; init; }

    public required IReadOnlyList<Passage> Passages { get; init; }

    /// <summary>Who drives; null: not known.</summary>
    public SubjectId? Carrier { get; init; }

    /// <summary>Formula of Regulation (EU) 2022/695 over the checks known here, hundredths; null: no checks.</summary>
    public long? FormulaRatingCenti { get; init; }

    /// <summary>By content.</summary>
    public bool Equals(MovementScore? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Position == other.Position
            && Leg == other.Leg
            && Points == other.Points
            && Consequence == other.Consequence
            && AsOfMs == other.AsOfMs
            && ReceivedMs == other.ReceivedMs
            && StartMs == other.StartMs
            && EndMs == other.EndMs
            && Uncertain == other.Uncertain
            && Carrier == other.Carrier
            && FormulaRatingCenti == other.FormulaRatingCenti
            && Sequences.Same(Contributions, other.Contributions)
            && Sequences.Same(Passages, other.Passages));

    public override int GetHashCode() => HashCode.Combine(Position, Leg, Points, AsOfMs);
}

/// <summary>Scores of a vehicle's movements, by position and leg in rising order.</summary>
public sealed record VehicleAssessment(
    SubjectId Vehicle, IReadOnlyList<MovementScore> Movements, long? LastCheckedMs, string ModelVersion,
    string SettingsHash)
{
    /// <summary>By content.</summary>
    public bool Equals(VehicleAssessment? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Vehicle == other.Vehicle
            && LastCheckedMs == other.LastCheckedMs
            && ModelVersion == other.ModelVersion
            && SettingsHash == other.SettingsHash
            && Sequences.Same(Movements, other.Movements));

    public override int GetHashCode() => HashCode.Combine(Vehicle, Movements.Count, LastCheckedMs);
}
