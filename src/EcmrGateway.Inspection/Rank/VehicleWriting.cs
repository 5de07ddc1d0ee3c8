using Ecmr.Inspection.V1;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Risk;
using Google.Protobuf.WellKnownTypes;
using Contribution = Ecmr.Inspection.V1.Contribution;

namespace EcmrGateway.Inspection.Rank;

/// <summary>Says an assessment as the API does: by one of its movements.</summary>
internal static class VehicleWriting
{
    private const long HourMs = 3_600_000;

    /// <returns>Null: none of its movements is expected in the area then.</returns>
    public static RankedVehicle? InWindow(VehicleAssessment assessment, RankWindow window) =>
        Strongest(assessment, window) is { } movement ? Write(assessment, movement, window) : null;

    /// <summary>Of its movements the strongest that ended not before a moment, or the latest.</summary>
    /// <exception cref="InvalidOperationException">It has no movement.</exception>
    public static RankedVehicle Anywhere(VehicleAssessment assessment, DateTimeOffset stillOfInterest)
    {
        var moment = stillOfInterest.ToUnixTimeMilliseconds();
        return Write(
            assessment,
            assessment.Movements
                .OrderByDescending(movement => movement.EndMs >= moment)
                .ThenByDescending(movement => movement.EndMs >= moment ? movement.Points : 0)
                .ThenByDescending(movement => movement.EndMs)
                .ThenBy(movement => movement.Position)
                .First(),
            window: null);
    }

    /// <summary>
    /// The movement that put the vehicle into the ranking: most points, then lowest position and leg.
    /// </summary>
    private static MovementScore? Strongest(VehicleAssessment assessment, RankWindow window) => assessment.Movements
        .Where(movement => movement.Passages.Any(window.Meets))
        .OrderByDescending(movement => movement.Points)
        .ThenBy(movement => movement.Position)
        .ThenBy(movement => movement.Leg)
        .FirstOrDefault();

    private static RankedVehicle Write(VehicleAssessment assessment, MovementScore movement, RankWindow? window)
    {
        var (from, until) = Expected(movement, window);
        var vehicle = new RankedVehicle
        {
            Vehicle = new Pseudonym(assessment.Vehicle.Value).ToString(),
            Score = movement.Points,
            Consequence = movement.Consequence,
            NotePosition = (ulong)movement.Position,
            ReceivedTime = Time(movement.ReceivedMs),
            ExpectedFrom = Time(from),
            ExpectedUntil = Time(until),
            Uncertain = movement.Uncertain,
            AsOfTime = Time(movement.AsOfMs),
            ModelVersion = assessment.ModelVersion,
            SettingsHash = assessment.SettingsHash,
            FormulaRating = movement.FormulaRatingCenti is { } centi ? FormulaRatings.Write(centi) : null,
        };
        if (assessment.LastCheckedMs is { } lastChecked)
        {
            vehicle.LastCheckedTime = Time(lastChecked);
        }

        foreach (var contribution in movement.Contributions)
        {
            vehicle.Contributions.Add(new Contribution
            {
                Code = contribution.Code,
                Points = contribution.Points,
                Because = contribution.Because,
                LegalBasis = contribution.LegalBasis,
                SourcePositions = { contribution.Sources.Select(source => (ulong)source) },
            });
        }

        return vehicle;
    }

    /// <summary>The hours in the area, cut to the movement itself; without an area, the movement.</summary>
    private static (long From, long Until) Expected(MovementScore movement, RankWindow? window)
    {
        if (window is not { } asked)
        {
            return (movement.StartMs, movement.EndMs);
        }

        var met = movement.Passages.Where(asked.Meets).ToList();
        var from = met.Min(passage => passage.FirstHour) * HourMs;
        var until = (met.Max(passage => passage.LastHour) + 1) * HourMs;
        return (from, until);
    }

    private static Timestamp Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToTimestamp();
}
