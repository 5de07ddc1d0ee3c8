using EcmrGateway.HotStore;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Finds the vehicles with a movement on the road whose score rests on a carrier's or a consignor's record.</summary>
/// <remarks>
/// On the road is a movement that a ranking which is still kept may hold, or that ended at most a while ago: the scores
/// of these are always up to date. Those of older movements are when their vehicle is next assessed. The clock decides
/// only who is assessed again, never what a score is.
/// </remarks>
internal sealed class VehiclesOnRoad(
    ProfileHistory history, RiskModel model, MovementSettings movements, TimeProvider clock,
    IOptions<ScoringOptions> options, IOptions<HotStoreOptions> hotStore)
{
    private const long HourMs = 3_600_000;

    private readonly ScoringOptions _options = options.Value;
    private readonly AreaSet _areas = AreaSet.Of(model.Areas);

    public async Task AddToAsync(
        ISet<SubjectId> vehicles, SubjectKind kind, SubjectId subject, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var notes = await history.NotesAsync(
            kind, subject, now.AddDays(-_options.OnRoadDays), _options.OnRoadNotesMax, cancellation);
        foreach (var note in notes)
        {
            foreach (var movement in note.Movements)
            {
                if (!vehicles.Contains(movement.Vehicle) && IsOnRoad(movement, note.Note, now))
                {
                    vehicles.Add(movement.Vehicle);
                }
            }
        }
    }

    private bool IsOnRoad(Movement movement, NoteFact note, DateTimeOffset now)
    {
        var passages = Passages.Of(movement, note.ReceivedMs, _areas, movements);
        if (passages.EndMs >= (now - _options.OnRoadAfterEnd).ToUnixTimeMilliseconds())
        {
            return true;
        }

        var firstHourKept = (now - hotStore.Value.RankingTtl).ToUnixTimeMilliseconds() / HourMs;
        return passages.List.Any(passage => passage.LastHour >= firstHourKept);
    }
}
