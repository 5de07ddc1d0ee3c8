using Ecmr.Ingress.V1;
using EcmrGateway.PathTests.Gateway;
using Grpc.Net.Client;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>Who serves rankings tells how far they are behind, also when nobody scores.</summary>
/// <remarks>Processes of their own: in one process all gateways hear of each other's measurements.</remarks>
public sealed class RankingAgeTests : IDisposable
{
    private const string Age = "ecmr_inspection_ranking_age_seconds{";

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-path-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_grows_while_nobody_scores_and_is_0_again_when_somebody_has()
    {
        await using (var idle = await StartAsync("ingress,inspection"))
        {
            using var channel = GrpcChannel.ForAddress(idle.GrpcAddress);
            await new IngressService.IngressServiceClient(channel).SubmitAsync(
                new() { Note = SampleNotes.OnTheRoad() },
                await idle.AsAsync("submitter"));
            var first = await idle.UntilAsync(Age, age => age > 0);
            await idle.UntilAsync(Age, age => age > first + 1);
            await idle.TerminateAsync();
            await idle.EndAsync();
        }

        await using var scoring = await StartAsync("ingress,scoring,inspection");
        await scoring.UntilAsync("ecmr_scoring_rebuilt{", share => share == 1);
        await scoring.UntilAsync("ecmr_scoring_lag{", lag => lag == 0);
        await scoring.UntilAsync(Age, age => age == 0);
    }

    private Task<GatewayProcess> StartAsync(string roles) =>
        GatewayProcess.StartAsync($"--Ledger:Folder={_folder}", $"--Roles={roles}");
}
