using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Progress;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Profiles;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>Plain contents of a hot store.</summary>
internal static class HotSamples
{
    public static readonly Dictionary<int, ShardProgress> NoProgress = [];

    public static HotChanges None { get; } = new(
        new Dictionary<SubjectId, Changed<CarrierProfile>>(), new Dictionary<SubjectId, Changed<HotConsignor>>(), []);

    public static HotVersion Version(ulong number) => new(number);

    /// <summary>A profile that is not there yet.</summary>
    public static Dictionary<SubjectId, Changed<T>> One<T>(SubjectId id, T profile, ulong next = 1) =>
        new() { [id] = new(profile, HotVersion.Absent, Version(next)) };

    public static CheckFact Check(long position) =>
        new(
            position, position * 1000, null, null, false, 1,
            [new(InfringementDomain.Load, InfringementClass.Serious, 2)]);

    public static VehicleMovement Movement(long position, SubjectId vehicle) => new(
        new Movement { Position = position, Leg = 0, Vehicle = vehicle, StartMs = 5000, First = new(5192, 448) },
        new NoteFact { Position = position, ReceivedMs = 4000, Consignor = new SubjectId(8), WarningCodes = ["W-1"] });

    public static VehicleAssessment Assessment(
        SubjectId vehicle, params (int Points, Passage Passage)[] movements) => new(
        vehicle,
        [.. movements.Select((one, at) => new MovementScore
        {
            Position = at + 1,
            Leg = 0,
            Points = one.Points,
            Consequence = 1,
            AsOfMs = 5000,
            ReceivedMs = 4000,
            StartMs = 5000,
            EndMs = 6000,
            Uncertain = false,
            Contributions = one.Points == 0 ? [] : [new("CODE", one.Points, "Because.", "Law", [at + 1])],
            Passages = [one.Passage],
        })],
        null, "1", "0123456789abcdef");
}
