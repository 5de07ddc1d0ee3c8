namespace EcmrGateway.Risk.Facts;

/// <summary>A check of a vehicle or an undertaking; without infringements it is a clean one.</summary>
/// <param name="Position">Position of its ledger entry: the identity of the fact.</param>
/// <param name="InspectedMs">Milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="VehiclesChecked">At least 1.</param>
/// <param name="Infringements">By domain and class in rising order, each pair once.</param>
public sealed record CheckFact(
    long Position,
    long InspectedMs,
    SubjectId? Carrier,
    SubjectId? Vehicle,
    bool Premises,
    int VehiclesChecked,
    IReadOnlyList<Infringement> Infringements)
{
    /// <summary>By content.</summary>
    public bool Equals(CheckFact? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Position == other.Position
            && InspectedMs == other.InspectedMs
            && Carrier == other.Carrier
            && Vehicle == other.Vehicle
            && Premises == other.Premises
            && VehiclesChecked == other.VehiclesChecked
            && Sequences.Same(Infringements, other.Infringements));

    public override int GetHashCode() => HashCode.Combine(Position, InspectedMs, Infringements.Count);
}

/// <param name="Count">At least 1.</param>
public readonly record struct Infringement(InfringementDomain Domain, InfringementClass Class, int Count);

/// <summary>Numbers as in ecmr.facts.v1.InfringementDomain.</summary>
public enum InfringementDomain
{
    Social = 1,
    Technical = 2,
    Load = 3,
    DangerousGoods = 4,
    Waste = 5,
    MarketAccess = 6,
    Documents = 7,
}

/// <summary>Classes of Regulation (EU) 2016/403. Numbers as in ecmr.facts.v1.InfringementClass.</summary>
public enum InfringementClass
{
    Minor = 1,
    Serious = 2,
    VerySerious = 3,
    MostSerious = 4,
}
