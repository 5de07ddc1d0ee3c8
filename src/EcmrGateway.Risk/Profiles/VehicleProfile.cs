using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;

namespace EcmrGateway.Risk.Profiles;

/// <summary>A vehicle's latest movements, by event time, position and leg, and its latest checks.</summary>
public sealed record VehicleProfile(IReadOnlyList<VehicleMovement> Movements, IReadOnlyList<CheckFact> Checks)
{
    /// <summary>Movements kept: weeks of them, also with many notes on one journey.</summary>
    public const int MovementsMax = 128;

    /// <summary>Checks kept.</summary>
    public const int ChecksMax = 64;

    /// <summary>Nothing is known.</summary>
    public static VehicleProfile Empty { get; } = new([], []);

    /// <summary>From a vehicle's movements and checks in any order, any of them more than once.</summary>
    public static VehicleProfile Of(IEnumerable<VehicleMovement> movements, IEnumerable<CheckFact> checks) => new(
        Latest.Of(movements, MovementsMax, Compare),
        Latest.Of(checks.Select(CheckOrder.WithoutSubjects), ChecksMax, CheckOrder.Compare));

    /// <returns>This same profile when the movement changes nothing.</returns>
    public VehicleProfile Fold(VehicleMovement movement)
    {
        var movements = Latest.Add(Movements, movement, MovementsMax, Compare);
        return ReferenceEquals(movements, Movements) ? this : new(movements, Checks);
    }

    /// <returns>This same profile when the check changes nothing.</returns>
    public VehicleProfile Fold(CheckFact check)
    {
        var checks = Latest.Add(Checks, CheckOrder.WithoutSubjects(check), ChecksMax, CheckOrder.Compare);
        return ReferenceEquals(checks, Checks) ? this : new(Movements, checks);
    }

    /// <summary>Adds the subjects whose profiles are needed to assess this vehicle.</summary>
    public void AddSubjects(ISet<SubjectId> carriers, ISet<SubjectId> consignors)
    {
        foreach (var movement in Movements)
        {
            if (movement.Carrier is { } carrier)
            {
                carriers.Add(carrier);
            }

            if (movement.Note.Consignor is { } consignor)
            {
                consignors.Add(consignor);
            }
        }
    }

    /// <summary>By content.</summary>
    public bool Equals(VehicleProfile? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Sequences.Same(Movements, other.Movements) && Sequences.Same(Checks, other.Checks));

    public override int GetHashCode() => HashCode.Combine(
        Movements.Count, Checks.Count, Movements.Count == 0 ? 0 : Movements[^1].Movement.Position);

    private static int Compare(VehicleMovement left, VehicleMovement right)
    {
        var byTime = left.EventMs.CompareTo(right.EventMs);
        if (byTime != 0)
        {
            return byTime;
        }

        var byPosition = left.Movement.Position.CompareTo(right.Movement.Position);
        return byPosition != 0 ? byPosition : left.Movement.Leg.CompareTo(right.Movement.Leg);
    }
}

/// <summary>A movement and the note behind it.</summary>
public sealed record VehicleMovement(Movement Movement, NoteFact Note)
{
    /// <summary>What movements are ordered by, milliseconds.</summary>
    public long EventMs => EventTime.OfMovement(Movement.StartMs, Movement.EndMs, Note.ReceivedMs);

    /// <summary>Who drives; null: not known.</summary>
    public SubjectId? Carrier => Movement.Carrier ?? Note.Carrier;
}
