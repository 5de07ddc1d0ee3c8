using Ecmr.Inspection.V1;
using EcmrGateway.HotStore;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using Google.Protobuf.WellKnownTypes;
using Contribution = Ecmr.Inspection.V1.Contribution;

namespace EcmrGateway.Inspection.Rank;

/// <summary>Reads rankings from the hot store and says them as the API does.</summary>
internal sealed class RankedVehicles(IHotStore hotStore, INoteLedger ledger, TimeProvider clock)
{
    private const long HourMs = 3_600_000;

    /// <summary>A movement is still of interest for this long after its expected end.</summary>
    private static readonly TimeSpan AfterEnd = TimeSpan.FromHours(2);

    /// <summary>A stretch of a ranking: highest points first, then by pseudonym.</summary>
    /// <returns>At most <paramref name="limit"/> vehicles, and whether there are more.</returns>
    public async Task<(IReadOnlyList<RankedVehicle> Vehicles, bool More)> ListAsync(
        RankWindow window, int offset, int limit, CancellationToken cancellation)
    {
        var top = await hotStore.TopAsync(
            window.Area, window.FirstHour, window.LastHour, offset + limit + 1, cancellation);
        var page = top.Skip(offset).Take(limit).ToList();
        var assessments = await hotStore.AssessmentsAsync([.. page.Select(entry => entry.Vehicle)], cancellation);

        var vehicles = new List<RankedVehicle>(page.Count);
        foreach (var entry in page)
        {
            // An assessment may expire or change between the two reads; the vehicle is then left to the next list.
            if (assessments.TryGetValue(entry.Vehicle, out var assessment)
                && Strongest(assessment, window) is { } movement)
            {
                vehicles.Add(Write(assessment, movement, window));
            }
        }

        return (vehicles, top.Count > offset + limit);
    }

    /// <summary>
    /// What is known of vehicles now: of each its strongest movement that has not ended, or its latest.
    /// </summary>
    public async Task<IReadOnlyList<RankedVehicle>> ScreenAsync(
        IReadOnlyCollection<SubjectId> vehicles, CancellationToken cancellation)
    {
        var stillOfInterest = clock.GetUtcNow().Subtract(AfterEnd).ToUnixTimeMilliseconds();
        var assessments = await hotStore.AssessmentsAsync(vehicles, cancellation);
        return [.. assessments.Values
            .Where(assessment => assessment.Movements.Count > 0)
            .OrderBy(assessment => assessment.Vehicle)
            .Select(assessment => Write(
                assessment,
                assessment.Movements
                    .OrderByDescending(movement => movement.EndMs >= stillOfInterest)
                    .ThenByDescending(movement => movement.EndMs >= stillOfInterest ? movement.Points : 0)
                    .ThenByDescending(movement => movement.EndMs)
                    .ThenBy(movement => movement.Position)
                    .First(),
                window: null))];
    }

    /// <summary>How much of what is recorded the lists are made of.</summary>
    public async Task<Completeness> CompletenessAsync(CancellationToken cancellation)
    {
        var progress = await hotStore.ProgressAsync(cancellation);
        return new Completeness
        {
            NewestPosition = (ulong)Math.Max(0, ledger.FactHead.Total),
            ScoredPosition = (ulong)Math.Max(0, progress.Values.Sum(shard => shard.ScoredIndex + 1) - 1),
            RebuiltPercent = progress.Count < ledger.ShardCount
                ? 0
                : progress.Values.Min(shard => shard.RebuiltPercent),
        };
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
