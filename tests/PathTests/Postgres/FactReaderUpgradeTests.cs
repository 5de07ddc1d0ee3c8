using EcmrGateway.Engines;
using EcmrGateway.Ledger;
using EcmrGateway.Ledger.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>An installation from before there was a role that reads facts, on a server that does not know it.</summary>
public sealed class FactReaderUpgradeTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-fact-reader-").FullName;
    private PostgresServer? _server;
    private string _superuser = "";
    private string _owner = "";
    private string _login = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.FindNodeAsync();
        Assert.SkipWhen(_server is null, PostgresServer.MissingNode);
        _superuser = await _server.CreateDatabaseAsync();
        var database = new NpgsqlConnectionStringBuilder(_superuser);
        await RunAsync("CREATE ROLE ecmr_owner LOGIN CREATEROLE; CREATE ROLE gateway LOGIN");
        await RunAsync($"ALTER DATABASE {database.Database} OWNER TO ecmr_owner");
        _owner = new NpgsqlConnectionStringBuilder(_superuser) { Username = "ecmr_owner" }.ConnectionString;
        _login = new NpgsqlConnectionStringBuilder(_superuser) { Username = "gateway" }.ConnectionString;
        await RunAsync("CREATE ROLE ecmr_gateway NOLOGIN; GRANT ecmr_gateway TO gateway");
        await OlderTables.CreateAsync(_owner, "0003");
        await RunAsync("INSERT INTO ledger.relay_shards (shard) VALUES (0)");
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Before_the_migration_relay_and_scoring_say_what_to_run_and_after_it_one_login_does_for_all()
    {
        var refused = await Assert.ThrowsAsync<LedgerOpenException>(() => OpenAsync(LedgerAccess.ReadFacts));
        Assert.Contains("ecmr-gateway migrate", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);

        Assert.Equal(new(4, PostgresSchema.Newest), await MigrateAsync());

        await (await OpenAsync(LedgerAccess.Append)).DisposeAsync();
        await (await OpenAsync(LedgerAccess.ReadFacts)).DisposeAsync();
    }

    [Fact]
    public async Task An_owner_that_may_make_no_role_is_told_what_a_superuser_does()
    {
        const string Remedy = "CREATE ROLE ecmr_fact_reader NOLOGIN ROLE ecmr_gateway;";
        await RunAsync("ALTER ROLE ecmr_owner NOCREATEROLE");

        var refused = await Assert.ThrowsAsync<LedgerOpenException>(MigrateAsync);
        Assert.Contains("Ledger:MigrationConnectionString", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Remedy, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);

        await RunAsync(Remedy);
        Assert.Equal(4, (await MigrateAsync()).Applied);
        await (await OpenAsync(LedgerAccess.Append)).DisposeAsync();
        await (await OpenAsync(LedgerAccess.ReadFacts)).DisposeAsync();
    }

    [Fact]
    public async Task What_runs_already_goes_on_while_it_is_migrated()
    {
        await using var before = PostgresSource.Open(Options(), LedgerAccess.Append);
        var leases = new PostgresRelayLeases(before);
        Assert.NotEmpty(await leases.HoldAsync("a", TimeSpan.FromMinutes(5), Cancellation));

        await MigrateAsync();

        Assert.NotEmpty(await leases.HoldAsync("a", TimeSpan.FromMinutes(5), Cancellation));
        await using var find = before.CreateCommand("SELECT count(*) FROM ledger.find('{}', '{}', '{}', '{}')");
        Assert.Equal(0L, await find.ExecuteScalarAsync(Cancellation));
    }

    private Task<MigrationResult> MigrateAsync() => LedgerMigration.RunAsync(
        Options() with { MigrationConnectionString = _owner }, TimeProvider.System, Cancellation);

    private Task<PostgresNoteLedger> OpenAsync(LedgerAccess access) => PostgresNoteLedger.OpenAsync(
        Options(), access, TimeProvider.System, NullLoggerFactory.Instance, Cancellation);

    private LedgerOptions Options() => new()
    {
        Engine = LedgerOptions.Postgres,
        Folder = _folder,
        ConnectionString = _login,
        OpenTimeout = TimeSpan.Zero,
        Shards = 1,
    };

    private Task RunAsync(string sql) => LedgerLogin.RunAsync(_superuser, sql);
}
