using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Streaming;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Makes profiles from the ledger's facts, with exactly the facts that the folds keep.</summary>
internal sealed class ProfileHistory(FactHistory history, RiskModel model)
{
    public async Task<CarrierProfile> CarrierAsync(SubjectId id, CancellationToken cancellation) =>
        CarrierProfile.Of(await ChecksAsync(SubjectKind.Carrier, id, CarrierProfile.ChecksMax, cancellation));

    public async Task<ConsignorProfile> ConsignorAsync(SubjectId id, CancellationToken cancellation)
    {
        var notes = await NotesAsync(SubjectKind.Consignor, id, null, ConsignorProfile.NotesMax, cancellation);
        return ConsignorProfile.Of(notes.Select(one => model.Summarise(one.Note, one.Movements)));
    }

    public async Task<VehicleProfile> VehicleAsync(SubjectId id, CancellationToken cancellation)
    {
        var notes = await NotesAsync(SubjectKind.Vehicle, id, null, VehicleProfile.MovementsMax, cancellation);
        return VehicleProfile.Of(
            from one in notes
            from movement in one.Movements
            where movement.Vehicle == id
            select new VehicleMovement(movement, one.Note),
            await ChecksAsync(SubjectKind.Vehicle, id, VehicleProfile.ChecksMax, cancellation));
    }

    /// <summary>A subject's notes, latest first.</summary>
    public async Task<IEnumerable<ScoringFact.OfNote>> NotesAsync(
        SubjectKind kind, SubjectId id, DateTimeOffset? since, int limit, CancellationToken cancellation)
    {
        var facts = await history.SubjectAsync((int)kind, id.Value, inspections: false, since, limit, cancellation);
        return FactReader.ReadHistory(facts).OfType<ScoringFact.OfNote>();
    }

    private async Task<IEnumerable<CheckFact>> ChecksAsync(
        SubjectKind kind, SubjectId id, int limit, CancellationToken cancellation)
    {
        var facts = await history.SubjectAsync((int)kind, id.Value, inspections: true, null, limit, cancellation);
        return FactReader.ReadHistory(facts).OfType<ScoringFact.OfCheck>().Select(one => one.Check);
    }
}
