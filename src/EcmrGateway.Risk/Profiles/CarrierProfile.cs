using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Risk.Profiles;

/// <summary>A carrier's latest checks, by time and position, oldest first.</summary>
public sealed record CarrierProfile(IReadOnlyList<CheckFact> Checks)
{
    /// <summary>Checks kept: years of them for all but the largest carriers.</summary>
    public const int ChecksMax = 256;

    /// <summary>Nothing is known.</summary>
    public static CarrierProfile Empty { get; } = new([]);

    /// <summary>From a carrier's checks in any order, any of them more than once.</summary>
    public static CarrierProfile Of(IEnumerable<CheckFact> checks) =>
        new(Latest.Of(checks.Select(CheckOrder.WithoutSubjects), ChecksMax, CheckOrder.Compare));

    /// <returns>This same profile when the check changes nothing.</returns>
    public CarrierProfile Fold(CheckFact check)
    {
        var checks = Latest.Add(Checks, CheckOrder.WithoutSubjects(check), ChecksMax, CheckOrder.Compare);
        return ReferenceEquals(checks, Checks) ? this : new(checks);
    }

    /// <summary>By content.</summary>
    public bool Equals(CarrierProfile? other) =>
        ReferenceEquals(this, other) || (other is not null && Sequences.Same(Checks, other.Checks));

    public override int GetHashCode() => HashCode.Combine(Checks.Count, Checks.Count == 0 ? null : Checks[^1]);
}
