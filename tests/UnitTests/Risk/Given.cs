using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Risk;
using Xunit;

namespace EcmrGateway.UnitTests.Risk;

/// <summary>Plain facts that raise no points; each test changes what it is about.</summary>
internal static class Given
{
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    /// <summary>2026-06-01T08:00:00Z.</summary>
    public const long Eight = 1_780_300_800_000;

    public static readonly SubjectId Vehicle = new(1);
    public static readonly SubjectId Carrier = new(2);
    public static readonly SubjectId OtherCarrier = new(3);
    public static readonly SubjectId Consignor = new(4);

    public static readonly GeoPoint Rotterdam = new(5192, 448);
    public static readonly GeoPoint Venlo = new(5137, 617);

    public static readonly Area[] Areas =
    [
        new("venlo", "Venlo", 51.37, 6.17, 15), new("eindhoven", "Eindhoven", 51.44, 5.47, 15),
        new("rotterdam", "Rotterdam", 51.92, 4.48, 20), new("groningen", "Groningen", 53.22, 6.57, 20),
    ];

    public static RiskModel Model { get; } = new(new(), new(), Areas);

    public static NoteFact Note(long position) => new()
    {
        Position = position,
        ReceivedMs = Eight - Hour,
        Carrier = Carrier,
        Consignor = Consignor,
        GrossMassG = 10_000_000,
        PackageCount = 20,
    };

    public static VehicleMovement Movement(NoteFact note, Func<Movement, Movement>? change = null)
    {
        var movement = new Movement
        {
            Position = note.Position,
            Leg = 0,
            Vehicle = Vehicle,
            StartMs = Eight,
            EndMs = Eight + (4 * Hour),
            First = Rotterdam,
            Last = Venlo,
            Axles = 5,
            Trailers = 1,
        };
        return new(change is null ? movement : change(movement), note);
    }

    public static CheckFact Check(long position, long inspectedMs, params Infringement[] infringements) =>
        new(position, inspectedMs, Carrier: null, Vehicle: null, Premises: false, VehiclesChecked: 1, infringements);

    public static Infringement Found(InfringementClass how, int count = 1) =>
        new(InfringementDomain.Technical, how, count);

    public static MovementScore Score(VehicleMovement movement, params VehicleMovement[] others) =>
        Score([movement, .. others], [], [], [], movement.Movement.Position);

    public static MovementScore Score(
        IEnumerable<VehicleMovement> movements, IEnumerable<CheckFact> vehicleChecks,
        IEnumerable<CheckFact> carrierChecks, IEnumerable<NoteSummary> consignorNotes, long position)
    {
        var assessment = Model.Assess(
            Vehicle,
            VehicleProfile.Of(movements, vehicleChecks),
            new Dictionary<SubjectId, CarrierProfile> { [Carrier] = CarrierProfile.Of(carrierChecks) },
            new Dictionary<SubjectId, ConsignorProfile> { [Consignor] = ConsignorProfile.Of(consignorNotes) });
        return assessment.Movements.First(score => score.Position == position);
    }

    /// <summary>Points of one factor.</summary>
    public static int PointsOf(this MovementScore score, string code) =>
        score.Contributions.Where(contribution => contribution.Code == code).Sum(contribution => contribution.Points);

    /// <summary>The only sentence of a factor.</summary>
    public static Contribution Only(this MovementScore score, string code) =>
        Assert.Single(score.Contributions, contribution => contribution.Code == code);
}
