using Ecmr.Inspection.V1;
using EcmrGateway.HotStore;
using EcmrGateway.Inspection.Audit;
using EcmrGateway.Inspection.Errors;
using EcmrGateway.Inspection.Outcome;
using EcmrGateway.Inspection.Rank;
using EcmrGateway.Inspection.Reveal;
using EcmrGateway.Inspection.Screen;
using Grpc.Core;

namespace EcmrGateway.Inspection;

/// <summary>The inspectors' API: rank, screen, reveal, report.</summary>
internal sealed class InspectionGrpcService(
    RankHandlers rank, ScreenHandler screen, RevealHandlers reveal, OutcomeHandler outcome, AuditHandler audit)
    : InspectionService.InspectionServiceBase
{
    public override Task<ListAreasResponse> ListAreas(ListAreasRequest request, ServerCallContext context) =>
        Task.FromResult(rank.ListAreas());

    public override Task<ListRankedVehiclesResponse> ListRankedVehicles(
        ListRankedVehiclesRequest request, ServerCallContext context) =>
        Answer(() => rank.ListAsync(request, context.CancellationToken));

    public override Task WatchRankedVehicles(
        WatchRankedVehiclesRequest request, IServerStreamWriter<WatchRankedVehiclesResponse> responseStream,
        ServerCallContext context) =>
        Answer(async () =>
        {
            await rank.WatchAsync(request, responseStream, context.CancellationToken);
            return 0;
        });

    public override Task<ScreenVehicleResponse> ScreenVehicle(
        ScreenVehicleRequest request, ServerCallContext context) =>
        Answer(() => screen.ScreenAsync(request, context.CancellationToken));

    public override Task<RevealVehiclesResponse> RevealVehicles(
        RevealVehiclesRequest request, ServerCallContext context) =>
        reveal.VehiclesAsync(Caller.Of(context), request, context.CancellationToken);

    public override Task<RevealConsignmentNoteResponse> RevealConsignmentNote(
        RevealConsignmentNoteRequest request, ServerCallContext context) =>
        reveal.NoteAsync(Caller.Of(context), request, context.CancellationToken);

    public override Task<RecordOutcomeResponse> RecordOutcome(
        RecordOutcomeRequest request, ServerCallContext context) =>
        outcome.RecordAsync(Caller.Of(context), request, context.CancellationToken);

    public override Task<ListAccessRecordsResponse> ListAccessRecords(
        ListAccessRecordsRequest request, ServerCallContext context) =>
        audit.ListAsync(request, context.CancellationToken);

    private static async Task<T> Answer<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (HotStoreUnavailableException)
        {
            throw InspectionError.HotStoreUnavailable();
        }
    }
}
