using EcmrGateway.Host;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary><c>ecmr-gateway erase</c>, on the real engine, while a gateway serves the same ledger.</summary>
public sealed class EraseCommandTests(TestEngines engines) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-erase-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_erases_the_note_that_is_named_and_says_so_in_one_line()
    {
        var database = await (await engines.PostgresAsync()).CreateDatabaseAsync();
        await using var ledger = await PostgresNoteLedger.OpenAsync(
            new()
            {
                Engine = LedgerOptions.Postgres,
                Folder = _folder,
                ConnectionString = database,
                MigrationConnectionString = database,
            },
            TimeProvider.System, NullLoggerFactory.Instance, Cancellation);
        var appended = await ledger.AppendAsync(
            new()
            {
                Kind = EntryKind.Note,
                Party = "acme",
                Id = "note-1",
                Payload = new byte[] { 1 },
                ContentSha256 = new byte[32],
                ReceivedTime = TimeProvider.System.GetUtcNow(),
            },
            Cancellation);

        var erased = await EraseAsync(database, "--note=note-1");
        var other = await EraseAsync(database, "--note=note-2");

        Assert.Equal(0, erased.Code);
        Assert.StartsWith(
            $"The note note-1 at {appended.Position.Value} is erased; access ", erased.Output,
            StringComparison.Ordinal);
        Assert.Equal("", erased.Errors);
        Assert.True((await ledger.ReadAsync(appended.Position, Cancellation))!.IsErased);
        Assert.Equal(
            (GatewayProgram.CannotStart, "ecmr-gateway cannot start: --party and --note: the party acme has no note "
                + "note-2."),
            (other.Code, other.Errors));
    }

    [Fact]
    public async Task What_is_not_said_is_asked_for()
    {
        var refused = await GatewayRun.OfAsync(
            ["erase", "--party=acme", "--note=note-1", $"--Ledger:Folder={_folder}"]);

        Assert.Equal(GatewayProgram.CannotStart, refused.Code);
        Assert.Contains("--actor is missing", refused.FirstError, StringComparison.Ordinal);
        Assert.Equal(1, refused.ErrorLines);
    }

    private Task<GatewayRun> EraseAsync(string database, params string[] arguments) => GatewayRun.OfAsync(
    [
        "erase", "--party=acme", "--actor=operator-7", "--purpose=request 4711", "--legal-basis=GDPR article 17",
        "--Ledger:Engine=Postgres", $"--Ledger:Folder={_folder}", $"--Ledger:ConnectionString={database}",
        $"--Ledger:MigrationConnectionString={database}", .. arguments,
    ]);
}
