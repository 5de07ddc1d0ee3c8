using System.Globalization;
using System.Reflection;
using DbUp;
using DbUp.Engine.Output;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>
/// The tables: how they are made and changed, forward only, and whether they are those of this program.
/// </summary>
/// <remarks>Migrations are the files of Migrations/, in the order of their names, each applied once.</remarks>
internal static class PostgresSchema
{
    /// <summary>Key of the lock under which one process at a time migrates: "eCMR" in ASCII.</summary>
    private const long LockKey = 0x65434D52;

    private const string Prefix = "EcmrGateway.Ledger.Postgres.Migrations.";

    private static readonly string[] Known =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Applies what is missing, as the owner of the tables.</summary>
    /// <exception cref="LedgerOpenException">A migration failed; what came before it is applied.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static void Migrate(string connectionString)
    {
        using var locking = new NpgsqlConnection(connectionString);
        locking.Open();
        Run(locking, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({LockKey})"));
        Run(locking, "CREATE SCHEMA IF NOT EXISTS ledger");
        CreateRole(locking);
        var result = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(
                Assembly.GetExecutingAssembly(), name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .JournalToPostgresqlTable("ledger", "migrations")
            .LogTo(new NoUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new LedgerOpenException(
                $"The migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
        }

        Run(locking, $"GRANT SELECT ON ledger.migrations TO {PostgresSource.Role}");
    }

    /// <summary>Whether the tables are exactly those that this program knows.</summary>
    /// <exception cref="LedgerOpenException">They are missing, older or newer; the message says what to do.</exception>
    public static async Task CheckAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        List<string> applied = [];
        try
        {
            await using var command = source.CreateCommand("SELECT scriptname FROM ledger.migrations");
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                applied.Add(rows.GetString(0));
            }
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new LedgerOpenException(
                "The database has no ledger. Set Ledger:MigrationConnectionString to the owner of the database, once.",
                missing);
        }

        var ahead = applied.Except(Known).Order(StringComparer.Ordinal).LastOrDefault();
        if (ahead is not null)
        {
            throw new LedgerOpenException(
                $"The database is of a newer program: it has the migration {ahead}. Use that program.");
        }

        if (Known.Except(applied).FirstOrDefault() is { } behind)
        {
            throw new LedgerOpenException(
                $"The database lacks the migration {behind}. Set Ledger:MigrationConnectionString to its owner.");
        }
    }

    /// <summary>Roles are of the whole server, so that another database may have made it already, or at this moment.
    /// </summary>
    private static void CreateRole(NpgsqlConnection connection) => Run(
        connection,
        $"""
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{PostgresSource.Role}') THEN
            CREATE ROLE {PostgresSource.Role} NOLOGIN;
          END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$
        """);

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>What a migration did is in the journal; what failed is in the exception.</summary>
    private sealed class NoUpgradeLog : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args)
        {
        }

        public void LogDebug(string format, params object[] args)
        {
        }

        public void LogInformation(string format, params object[] args)
        {
        }

        public void LogWarning(string format, params object[] args)
        {
        }

        public void LogError(string format, params object[] args)
        {
        }

        public void LogError(Exception ex, string format, params object[] args)
        {
        }
    }
}
