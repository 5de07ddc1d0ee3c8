using System.Globalization;
using EcmrGateway.Host;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using EcmrGateway.PathTests.Postgres;
using Npgsql;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary><c>ecmr-gateway migrate</c>, on the real engine.</summary>
public sealed class MigrateTests(TestEngines engines) : IDisposable
{
    private const string Newest = "0007_one_call.sql";

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-migrate-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_makes_the_tables_without_keys_and_says_so_in_one_line()
    {
        var database = await (await engines.PostgresAsync()).CreateDatabaseAsync();

        var first = await MigrateAsync(database);
        var second = await MigrateAsync(database);

        AssertApplied(7, first);
        AssertApplied(0, second);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Of_many_at_once_one_does_the_work()
    {
        var database = await (await engines.PostgresAsync()).CreateDatabaseAsync();

        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => MigrateAsync(database)));

        Assert.All(runs, run => Assert.Equal(0, run.Code));
        Assert.Single(runs, run => run.Output.Contains("applied: 7.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_on_an_older_schema_says_what_to_run_and_migrate_mends_it()
    {
        var database = await (await engines.PostgresAsync()).CreateDatabaseAsync();
        Assert.Equal(0, (await MigrateAsync(database)).Code);
        await RunAsync(database, "DROP SCHEMA ledger CASCADE");
        await OlderTables.CreateAsync(database, "0006");

        var refused = await GatewayRun.OfAsync([.. Serving(database)]);
        var mended = await MigrateAsync(database);

        Assert.Equal(GatewayProgram.CannotStart, refused.Code);
        Assert.Contains($"lacks the migration {Newest}", refused.FirstError, StringComparison.Ordinal);
        Assert.Contains("ecmr-gateway migrate", refused.FirstError, StringComparison.Ordinal);
        AssertApplied(1, mended);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_left_alone_by_both()
    {
        var database = await (await engines.PostgresAsync()).CreateDatabaseAsync();
        Assert.Equal(0, (await MigrateAsync(database)).Code);
        await RunAsync(
            database, "INSERT INTO ledger.migrations (scriptname, applied) VALUES ('9999_later.sql', now())");

        GatewayRun[] runs = [await MigrateAsync(database), await GatewayRun.OfAsync(Serving(database))];
        foreach (var refused in runs)
        {
            Assert.Equal(GatewayProgram.CannotStart, refused.Code);
            Assert.Contains("is of a newer program", refused.FirstError, StringComparison.Ordinal);
            Assert.Contains("9999_later.sql", refused.FirstError, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Ledger:MigrationConnectionString is not set", "--Ledger:Engine=Postgres")]
    [InlineData("Ledger:Engine is not Postgres", "--Ledger:Engine=Sqlite")]
    [InlineData(
        "The database of Ledger:MigrationConnectionString cannot be used", "--Ledger:Engine=Postgres",
        "--Ledger:MigrationConnectionString=Host=127.0.0.1;Port=1;Username=nobody", "--Ledger:OpenTimeout=00:00:00")]
    [InlineData(
        "Ledger:MigrationPasswordFile cannot be read", "--Ledger:Engine=Postgres",
        "--Ledger:MigrationConnectionString=Host=127.0.0.1;Port=1", "--Ledger:MigrationPasswordFile=/nowhere/password")]
    public async Task What_keeps_it_from_its_work_is_named(string words, params string[] settings)
    {
        var refused = await GatewayRun.OfAsync(["migrate", .. settings]);

        Assert.Equal(GatewayProgram.CannotStart, refused.Code);
        Assert.Contains(words, refused.FirstError, StringComparison.Ordinal);
        Assert.Equal(1, refused.ErrorLines);
    }

    [Fact]
    public async Task Another_command_is_told_to_be_unknown()
    {
        var refused = await GatewayRun.OfAsync(["migrat"]);

        Assert.Equal(GatewayProgram.CannotStart, refused.Code);
        Assert.Contains("there is no command migrat", refused.FirstError, StringComparison.Ordinal);
    }

    private static void AssertApplied(int count, GatewayRun run) => Assert.Equal(
        (0, string.Create(
            CultureInfo.InvariantCulture,
            $"The ledger's tables are at {Newest}; migrations applied: {count}.")),
        (run.Code, run.Output));

    private static Task<GatewayRun> MigrateAsync(string database) => GatewayRun.OfAsync(
        ["migrate", "--Ledger:Engine=Postgres", $"--Ledger:MigrationConnectionString={database}"]);

    private string[] Serving(string database) =>
    [
        .. RunningGateway.Arguments(_folder), "--Ledger:Engine=Postgres", $"--Ledger:ConnectionString={database}",
    ];

    private static async Task RunAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
