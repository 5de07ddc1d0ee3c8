using Ecmr.Inspection.V1;
using Google.Protobuf.WellKnownTypes;

namespace EcmrGateway.UnitTests.Cli.Rendering;

/// <summary>Vehicles as the gateway would list them.</summary>
internal static class RankedVehicles
{
    public static RankedVehicle Make(int score, params (int Points, string Code, string Because)[] reasons)
    {
        var vehicle = new RankedVehicle
        {
            Vehicle = "Zk3v0QeTqk2m0e6rH1xY9A",
            Score = score,
            Consequence = 3,
            NotePosition = 4711,
            ReceivedTime = At(-4),
            ExpectedFrom = At(20),
            ExpectedUntil = At(65),
            LastCheckedTime = At(-60 * 24 * 12),
            FormulaRating = new FormulaRating { Value = "107.67", Band = RatingBand.Amber },
        };
        vehicle.Contributions.AddRange(reasons.Select(reason => new Contribution
        {
            Points = reason.Points,
            Code = reason.Code,
            Because = reason.Because,
        }));
        return vehicle;
    }

    public static Timestamp At(int minutes) => Timestamp.FromDateTimeOffset(CliTestHost.Now.AddMinutes(minutes));
}
