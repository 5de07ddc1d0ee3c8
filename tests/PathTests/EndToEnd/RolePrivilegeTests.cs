using EcmrGateway.Host;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>A role has what it uses and no more: who takes a process over has no other's keys.</summary>
public sealed class RolePrivilegeTests(TestEngines engines) : IDisposable
{
    /// <summary>Read by nobody who has no business with them.</summary>
    private static readonly string[] NoKeys =
    [
        "--environment=Production", "--Ledger:Folder=", "--Ledger:SigningKeyFile=/proc/none/tree-head.key",
        "--Ledger:PseudonymKeyFile=/proc/none/pseudonym.key", "--Ledger:TokenKeyFile=/proc/none/token.key",
        "--Ledger:MigrationConnectionString=",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-roles-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Relay_and_scoring_work_without_a_key_and_without_an_issuer()
    {
        var settings = await engines.GatewaySettingsAsync();
        await using var answering = await RunningGateway.StartAsync(
            _folder, configure: null, [.. settings, "--Roles=ingress,inspection"]);
        await using var relay = await StartAsync(settings, "relay");
        await using var scoring = await StartAsync(settings, "scoring");

        await answering.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad() }, await answering.AsAsync("submitter"));
        await answering.WaitUntilRankedAsync();

        using var issued = await relay.Http.PostAsync(
            "/sandbox/token", content: null, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, issued.StatusCode);
    }

    [Theory]
    [InlineData("relay,ingress")]
    [InlineData("inspection,scoring")]
    public async Task A_role_that_answers_callers_does_not_start_without_an_issuer(string roles)
    {
        var run = await GatewayRun.OfAsync([.. RunningGateway.Arguments(_folder), $"--Roles={roles}", .. NoKeys]);

        Assert.Equal(GatewayProgram.CannotStart, run.Code);
        Assert.Contains("Identity:Authority", run.FirstError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ingress")]
    [InlineData("inspection")]
    public async Task A_role_that_signs_does_not_start_without_its_keys(string role)
    {
        var run = await GatewayRun.OfAsync(
            [
                .. RunningGateway.Arguments(_folder), .. await engines.GatewaySettingsAsync(), .. NoKeys,
                "--Identity:Authority=https://login.example.org", $"--Roles={role}",
            ]);

        Assert.Equal(GatewayProgram.CannotStart, run.Code);
        Assert.Contains("tree-head.key", run.FirstError, StringComparison.Ordinal);
    }

    private Task<RunningGateway> StartAsync(string[] settings, string role) => RunningGateway.StartAsync(
        _folder, configure: null, [.. settings, .. NoKeys, $"--Roles={role}"]);
}
