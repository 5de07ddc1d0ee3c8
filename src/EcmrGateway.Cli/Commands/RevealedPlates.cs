using Ecmr.Inspection.V1;
using EcmrGateway.Client;
using EcmrGateway.Client.Errors;

namespace EcmrGateway.Cli.Commands;

/// <summary>Plates of listed vehicles, each asked for once: a reveal is put on record.</summary>
/// <param name="reason">Purpose and legal basis; null: no plate is asked for.</param>
internal sealed class RevealedPlates(GatewayClient client, AccessReason? reason)
{
    private const int RevealMax = 50;

    private readonly Dictionary<string, RevealedVehicle> _known = new(StringComparer.Ordinal);

    public bool AreShown => reason is not null;

    /// <returns>What the vehicles' pseudonyms stand for; empty where no reason was given.</returns>
    /// <exception cref="GatewayException">The reveal is refused or failed.</exception>
    public async Task<IReadOnlyDictionary<string, RevealedVehicle>> OfAsync(
        IEnumerable<RankedVehicle> vehicles, CancellationToken cancellation)
    {
        if (reason is null)
        {
            return _known;
        }

        var listed = vehicles.Select(vehicle => vehicle.Vehicle).Distinct().ToList();
        foreach (var some in listed.Where(vehicle => !_known.ContainsKey(vehicle)).Chunk(RevealMax))
        {
            var answer = await client
                .CallAsync(
                    options => client.Inspection.RevealVehiclesAsync(
                        new RevealVehiclesRequest { Vehicles = { some }, Reason = reason }, options), cancellation)
                .ConfigureAwait(false);
            foreach (var vehicle in answer.Vehicles)
            {
                _known[vehicle.Vehicle] = vehicle;
            }
        }

        return listed.Where(_known.ContainsKey).ToDictionary(vehicle => vehicle, vehicle => _known[vehicle]);
    }
}
