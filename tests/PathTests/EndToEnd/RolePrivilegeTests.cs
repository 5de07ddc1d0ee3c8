using System.Net;
using Ecmr.Inspection.V1;
using EcmrGateway.Host;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using EcmrGateway.PathTests.Postgres;
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

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Relay_and_scoring_work_without_a_key_an_issuer_and_rights_to_read_notes()
    {
        var settings = await engines.GatewaySettingsAsync();
        var (gateway, factReader) = await LoginsAsync(settings);
        await using var answering = await RunningGateway.StartAsync(
            _folder, configure: null,
            [.. settings, "--Ledger:MigrationConnectionString=", gateway, "--Roles=ingress,inspection"]);
        await using var relay = await StartAsync([.. settings, factReader], "relay");
        await using var scoring = await StartAsync([.. settings, factReader], "scoring");
        var note = SampleNotes.OnTheRoad();
        var submitter = await answering.AsAsync("submitter");

        await answering.Ingress.SubmitAsync(new() { Note = note }, submitter);
        await answering.WaitUntilRankedAsync();
        var ranked = await RankAsync(answering);

        // An empty hot store makes scoring read the histories.
        await HotContent.WipeAsync(answering);
        await answering.WaitUntilRankedAsync();

        Assert.NotEmpty(ranked);
        Assert.Equal(ranked, await RankAsync(answering));
        var read = await answering.Ingress.GetConsignmentNoteAsync(new() { NoteId = note.NoteId }, submitter);
        Assert.Equal(note.NoteId, read.Note.NoteId);
        using var issued = await relay.Http.PostAsync("/sandbox/token", content: null, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, issued.StatusCode);
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

    /// <summary>Makes the tables, and a login for each role of the database.</summary>
    /// <returns>The settings of who answers callers and of who reads facts.</returns>
    private static async Task<(string Gateway, string FactReader)> LoginsAsync(string[] settings)
    {
        const string Setting = "--Ledger:ConnectionString=";
        var database = Settings.Of(settings, "Ledger:ConnectionString");
        await LedgerMigration.RunAsync(
            new() { Engine = LedgerOptions.Postgres, MigrationConnectionString = database }, TimeProvider.System,
            Cancellation);
        return (
            Setting + await LedgerLogin.CreateAsync(database, PostgresSource.Gateway),
            Setting + await LedgerLogin.CreateAsync(database, PostgresSource.FactReader));
    }

    private static async Task<List<RankedVehicle>> RankAsync(RunningGateway gateway)
    {
        var list = await gateway.Inspection.ListRankedVehiclesAsync(
            new() { Area = "rotterdam", PageSize = 500 }, await gateway.AsAsync("inspector", "ilt"));
        return [.. list.Vehicles];
    }
}
