using System.Globalization;
using EcmrGateway.PathTests.Gateway;
using Xunit;

namespace EcmrGateway.PathTests.Telemetry;

/// <summary>Who serves rankings tells how far they are behind, also when nobody scores.</summary>
public sealed class RankingAgeTests
{
    private const string Age = "ecmr_inspection_ranking_age_seconds{";

    [Fact]
    public async Task It_grows_while_nobody_scores_and_is_0_again_when_somebody_has()
    {
        await using var idle = await RunningGateway.StartAsync(
            folder: null, configure: null, "--Roles=ingress,inspection");
        await idle.Ingress.SubmitAsync(new() { Note = SampleNotes.OnTheRoad() }, await idle.AsAsync("submitter"));
        var first = await UntilAsync(idle, age => age > 0);
        await UntilAsync(idle, age => age > first + 1);

        await using var scoring = await idle.RestartAsync("--Roles=ingress,scoring,inspection");
        await scoring.WaitUntilRankedAsync();
        await UntilAsync(scoring, age => age == 0);
    }

    private static async Task<double> UntilAsync(RunningGateway gateway, Func<double, bool> wanted)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var scrape = await gateway.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
            var line = scrape.Split('\n').Single(line => line.StartsWith(Age, StringComparison.Ordinal));
            var age = double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
            if (wanted(age))
            {
                return age;
            }

            await GatewayProcess.PauseAsync();
        }

        throw new Xunit.Sdk.XunitException("The age did not come.");
    }
}
