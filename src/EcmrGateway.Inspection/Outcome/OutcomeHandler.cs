using Ecmr.Inspection.V1;
using EcmrGateway.Ledger.Pseudonyms;

namespace EcmrGateway.Inspection.Outcome;

/// <summary>RecordOutcome.</summary>
internal sealed class OutcomeHandler(OutcomeRecorder recorder, VehiclePseudonyms vehicles, TimeProvider clock)
{
    public Task<RecordOutcomeResponse> RecordAsync(
        Caller caller, RecordOutcomeRequest request, CancellationToken cancellation)
    {
        var vehicle = OutcomeRequests.Read(request, vehicles, clock.GetUtcNow());
        return recorder.RecordAsync(caller, request, vehicle, cancellation);
    }
}
