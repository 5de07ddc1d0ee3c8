using EcmrGateway.Risk;
using EcmrGateway.Risk.Facts;
using EcmrGateway.Risk.Profiles;
using EcmrGateway.Scoring.Read;
using EcmrGateway.Streaming;

namespace EcmrGateway.Scoring.Assess;

/// <summary>Makes profiles from the ledger's facts, with exactly the facts that the folds keep.</summary>
/// <remarks>Each member makes those of some subjects, in their order, with one read.</remarks>
internal sealed class ProfileHistory(FactHistory history, RiskModel model)
{
    public async Task<IReadOnlyList<CarrierProfile>> CarriersAsync(
        IReadOnlyList<SubjectId> ids, CancellationToken cancellation) =>
        [.. (await ReadAsync([.. ids.Select(Checks)], cancellation)).Select(facts => CarrierProfile.Of(Checks(facts)))];

    public async Task<IReadOnlyList<ConsignorProfile>> ConsignorsAsync(
        IReadOnlyList<SubjectId> ids, CancellationToken cancellation)
    {
        var histories = await ReadAsync(
            [.. ids.Select(id => Notes(SubjectKind.Consignor, id, ConsignorProfile.NotesMax))], cancellation);
        return
        [
            .. histories.Select(facts => ConsignorProfile.Of(
                Notes(facts).Select(one => model.Summarise(one.Note, one.Movements)))),
        ];
    }

    public async Task<IReadOnlyList<VehicleProfile>> VehiclesAsync(
        IReadOnlyList<SubjectId> ids, CancellationToken cancellation)
    {
        var histories = await ReadAsync(
            [
                .. ids.Select(id => Notes(SubjectKind.Vehicle, id, VehicleProfile.MovementsMax)),
                .. ids.Select(id => Checks(SubjectKind.Vehicle, id, VehicleProfile.ChecksMax)),
            ],
            cancellation);
        return
        [
            .. ids.Select((id, number) => VehicleProfile.Of(
                from one in Notes(histories[number])
                from movement in one.Movements
                where movement.Vehicle == id
                select new VehicleMovement(movement, one.Note),
                Checks(histories[ids.Count + number]))),
        ];
    }

    private async Task<IReadOnlyList<IEnumerable<ScoringFact>>> ReadAsync(
        IReadOnlyList<SubjectHistory> asked, CancellationToken cancellation) =>
        [.. (await history.SubjectsAsync(asked, cancellation)).Select(facts => FactReader.ReadHistory(facts))];

    private static SubjectHistory Notes(SubjectKind kind, SubjectId id, int limit) =>
        new((int)kind, id.Value, Inspections: false, limit);

    private static SubjectHistory Checks(SubjectKind kind, SubjectId id, int limit) =>
        new((int)kind, id.Value, Inspections: true, limit);

    private static SubjectHistory Checks(SubjectId carrier) =>
        Checks(SubjectKind.Carrier, carrier, CarrierProfile.ChecksMax);

    private static IEnumerable<ScoringFact.OfNote> Notes(IEnumerable<ScoringFact> facts) =>
        facts.OfType<ScoringFact.OfNote>();

    private static IEnumerable<CheckFact> Checks(IEnumerable<ScoringFact> facts) =>
        facts.OfType<ScoringFact.OfCheck>().Select(one => one.Check);
}
