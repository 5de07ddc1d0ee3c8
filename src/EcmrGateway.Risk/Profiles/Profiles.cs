using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;

namespace EcmrGateway.Risk.Profiles;

/// <summary>A carrier's latest checks, by time and position, oldest first.</summary>
public sealed record CarrierProfile(IReadOnlyList<CheckFact> Checks);

/// <summary>A consignor's latest notes, by time received and position, oldest first.</summary>
public sealed record ConsignorProfile(IReadOnlyList<NoteSummary> Notes);

/// <param name="Late">Whether it came in after its taking over.</param>
/// <param name="Warnings">Number of warnings.</param>
public readonly record struct NoteSummary(long Position, long ReceivedMs, bool Late, int Warnings);

/// <summary>A vehicle's latest movements, by start, position and leg, and its latest checks.</summary>
public sealed record VehicleProfile(IReadOnlyList<VehicleMovement> Movements, IReadOnlyList<CheckFact> Checks);

/// <summary>A movement and the note behind it.</summary>
public sealed record VehicleMovement(Movement Movement, NoteFact Note);
