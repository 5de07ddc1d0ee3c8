using Ecmr.Inspection.V1;
using EcmrGateway.Inspection.Errors;
using EcmrGateway.Inspection.Rank;
using EcmrGateway.Ledger.Pseudonyms;
using EcmrGateway.Risk.Facts;

namespace EcmrGateway.Inspection.Screen;

/// <summary>ScreenVehicle: a registration from a camera or by eye, answered from the hot store alone.</summary>
internal sealed class ScreenHandler(RankedVehicles vehicles, VehiclePseudonyms pseudonyms)
{
    public async Task<ScreenVehicleResponse> ScreenAsync(
        ScreenVehicleRequest request, CancellationToken cancellation)
    {
        var candidates = Candidates(request);
        var found = await vehicles.ScreenAsync(
            [.. candidates.Select(candidate => new SubjectId(candidate.Value))], cancellation);
        var response = new ScreenVehicleResponse { Completeness = found.Completeness };
        response.Vehicles.AddRange(found.Vehicles);
        return response;
    }

    private IReadOnlyCollection<Pseudonym> Candidates(ScreenVehicleRequest request)
    {
        if (request.Country.Length == 0)
        {
            return pseudonyms.Candidates(request.Plate) is { Count: > 0 } candidates ? candidates : throw Unreadable();
        }

        return pseudonyms.Of(request.Plate, request.Country) is { } vehicle ? [vehicle] : throw Unreadable();
    }

    private static Grpc.Core.RpcException Unreadable() => InspectionError.Invalid(
        ("plate", "State a registration of 2 to 17 letters and digits; the country, if any, as ISO 3166-1 alpha-2."));
}
