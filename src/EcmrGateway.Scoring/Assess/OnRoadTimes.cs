using EcmrGateway.HotStore;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Profiles;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Says for how long a score of a movement is kept up to date with the records that it rests on.</summary>
/// <remarks>
/// On the road is a movement that a ranking which is still kept may hold, or that ended at most a while ago. Scores of
/// older movements are brought up to date when their vehicle is next assessed. The clock decides only who is assessed
/// again, never what a score is.
/// </remarks>
internal sealed class OnRoadTimes(
    RiskModel model, MovementSettings movements, TimeProvider clock, IOptions<ScoringOptions> options,
    IOptions<HotStoreOptions> hotStore)
{
    private const long HourMs = 3_600_000;

    private readonly AreaSet _areas = AreaSet.Of(model.Areas);

    /// <summary>Adds what a movement's score rests on; nothing when it is not on the road any more.</summary>
    public void AddTo(ISet<OnRoad> onRoad, VehicleMovement movement)
    {
        var until = UntilMs(movement.Movement, movement.Note);
        if (until < clock.GetUtcNow().ToUnixTimeMilliseconds())
        {
            return;
        }

        if (movement.Carrier is { } carrier)
        {
            onRoad.Add(new(SubjectKind.Carrier, carrier, movement.Movement.Vehicle, until));
        }

        if (movement.Note.Consignor is { } consignor)
        {
            onRoad.Add(new(SubjectKind.Consignor, consignor, movement.Movement.Vehicle, until));
        }
    }

    /// <summary>The later of: some time after the end, and the end of the last ranking that may hold it.</summary>
    private long UntilMs(Movement movement, NoteFact note)
    {
        var passages = Passages.Of(movement, note.ReceivedMs, _areas, movements);
        var lastHour = passages.List.Count == 0 ? 0 : passages.List.Max(passage => passage.LastHour);
        return Math.Max(
            passages.EndMs + (long)options.Value.OnRoadAfterEnd.TotalMilliseconds,
            ((lastHour + 1) * HourMs) + (long)hotStore.Value.RankingTtl.TotalMilliseconds);
    }
}
