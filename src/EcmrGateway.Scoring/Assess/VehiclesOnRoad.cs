using EcmrGateway.HotStore;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Movements;
using EcmrGateway.Risk.Profiles;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Scoring.Assess;

/// <summary>
/// Knows the vehicles with a movement on the road whose score rests on a carrier's or consignor's record.
/// </summary>
/// <remarks>
/// On the road is a movement that a ranking which is still kept may hold, or that ended at most a while ago: the scores
/// of these are always up to date. Those of older movements are when their vehicle is next assessed. The clock decides
/// only who is assessed again, never what a score is.
/// <para>
/// A subject that is asked for is read from the ledger once; then every assessment adds what it sees. For the scoring
/// loop alone, not for many threads.
/// </para>
/// </remarks>
internal sealed class VehiclesOnRoad(
    ProfileHistory history, RiskModel model, MovementSettings movements, TimeProvider clock,
    IOptions<ScoringOptions> options, IOptions<HotStoreOptions> hotStore)
{
    private const long HourMs = 3_600_000;

    private readonly ScoringOptions _options = options.Value;
    private readonly AreaSet _areas = AreaSet.Of(model.Areas);
    private readonly Dictionary<Subject, Dictionary<SubjectId, long>> _untilMs = [];
    private readonly Queue<Subject> _oldestFirst = new();

    /// <summary>Adds the vehicles of a subject.</summary>
    public async Task AddToAsync(
        HashSet<SubjectId> vehicles, SubjectKind kind, SubjectId id, CancellationToken cancellation)
    {
        var subject = new Subject(kind, id);
        if (!_untilMs.TryGetValue(subject, out var known))
        {
            known = await ReadAsync(subject, cancellation);
            Keep(subject, known);
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (vehicle, until) in known)
        {
            if (until >= now)
            {
                vehicles.Add(vehicle);
            }
            else
            {
                // Removing is safe in an enumeration of a dictionary; adding is not.
                known.Remove(vehicle);
            }
        }
    }

    /// <summary>Takes in the movements of vehicles that have been assessed.</summary>
    public void Learn(WorkingSet set, IReadOnlyList<AssessmentChange> changes)
    {
        foreach (var (_, assessment) in changes)
        {
            foreach (var movement in set.Vehicles[assessment.Vehicle].Movements)
            {
                Dictionary<SubjectId, long>? ofCarrier = null;
                Dictionary<SubjectId, long>? ofConsignor = null;
                _ = movement.Carrier is { } carrier
                    && _untilMs.TryGetValue(new(SubjectKind.Carrier, carrier), out ofCarrier);
                _ = movement.Note.Consignor is { } consignor
                    && _untilMs.TryGetValue(new(SubjectKind.Consignor, consignor), out ofConsignor);
                if (ofCarrier is not null || ofConsignor is not null)
                {
                    var until = UntilMs(movement.Movement, movement.Note);
                    AddTo(ofCarrier, assessment.Vehicle, until);
                    AddTo(ofConsignor, assessment.Vehicle, until);
                }
            }
        }
    }

    private static void AddTo(Dictionary<SubjectId, long>? known, SubjectId vehicle, long until)
    {
        if (known is not null)
        {
            known[vehicle] = Math.Max(until, known.GetValueOrDefault(vehicle));
        }
    }

    private async Task<Dictionary<SubjectId, long>> ReadAsync(Subject subject, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().AddDays(-_options.OnRoadDays);
        var known = new Dictionary<SubjectId, long>();
        foreach (var note in await history.NotesAsync(
            subject.Kind, subject.Id, since, _options.OnRoadNotesMax, cancellation))
        {
            foreach (var movement in note.Movements)
            {
                var rests = subject.Kind == SubjectKind.Consignor
                    || new VehicleMovement(movement, note.Note).Carrier == subject.Id;
                AddTo(rests ? known : null, movement.Vehicle, UntilMs(movement, note.Note));
            }
        }

        return known;
    }

    private void Keep(Subject subject, Dictionary<SubjectId, long> known)
    {
        if (_untilMs.Count >= _options.OnRoadSubjectsMax)
        {
            _untilMs.Remove(_oldestFirst.Dequeue());
        }

        _untilMs.Add(subject, known);
        _oldestFirst.Enqueue(subject);
    }

    /// <summary>The later of: some time after the end, and the end of the last ranking that may hold it.</summary>
    private long UntilMs(Movement movement, NoteFact note)
    {
        var passages = Passages.Of(movement, note.ReceivedMs, _areas, movements);
        var lastHour = passages.List.Count == 0 ? 0 : passages.List.Max(passage => passage.LastHour);
        return Math.Max(
            passages.EndMs + (long)_options.OnRoadAfterEnd.TotalMilliseconds,
            ((lastHour + 1) * HourMs) + (long)hotStore.Value.RankingTtl.TotalMilliseconds);
    }
}
