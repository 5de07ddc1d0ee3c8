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

    /// <summary>Name of the newest migration that this program knows.</summary>
    public static string Newest => Known[^1][Prefix.Length..];

    /// <summary>Applies what is missing, as the owner of the tables.</summary>
    /// <returns>How many were missing.</returns>
    /// <exception cref="LedgerOpenException">
    /// A migration failed, and what came before it is applied; or the tables are of a newer program.
    /// </exception>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<int> MigrateAsync(string connectionString, CancellationToken cancellation)
    {
        await using var locking = new NpgsqlConnection(connectionString);
        await locking.OpenAsync(cancellation);
        Run(locking, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({LockKey})"));
        RefuseNewer(await AppliedAsync(locking, cancellation) ?? []);
        Run(locking, "CREATE SCHEMA IF NOT EXISTS ledger");
        CreateRoles(locking);
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
                $"Ledger:MigrationConnectionString: the migration {result.ErrorScript?.Name} failed: "
                + result.Error.Message,
                result.Error);
        }

        Run(locking, $"GRANT SELECT ON ledger.migrations TO {PostgresSource.Gateway}, {PostgresSource.FactReader}");
        return result.Scripts.Count();
    }

    /// <summary>Whether the tables are exactly those that this program knows.</summary>
    /// <exception cref="LedgerOpenException">They are missing, older or newer; the message says what to do.</exception>
    public static async Task CheckAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var applied = await AppliedAsync(connection, cancellation) ?? throw new LedgerOpenException(
            "The database of Ledger:ConnectionString has no ledger. Run \"ecmr-gateway migrate\", or set "
            + "Ledger:MigrationConnectionString to its owner.");
        RefuseNewer(applied);
        if (Known.Except(applied).FirstOrDefault() is { } behind)
        {
            throw new LedgerOpenException(
                $"The database of Ledger:ConnectionString lacks the migration {behind[Prefix.Length..]}. Run "
                + "\"ecmr-gateway migrate\", or set Ledger:MigrationConnectionString to its owner.");
        }
    }

    private static void RefuseNewer(IEnumerable<string> applied)
    {
        if (applied.Except(Known).Order(StringComparer.Ordinal).LastOrDefault() is { } ahead)
        {
            throw new LedgerOpenException(
                $"The database of Ledger:ConnectionString is of a newer program: it has the migration "
                + $"{(ahead.StartsWith(Prefix, StringComparison.Ordinal) ? ahead[Prefix.Length..] : ahead)}. Use that "
                + "program.");
        }
    }

    /// <returns>Names of the migrations that a database has; null: it has no ledger.</returns>
    private static async Task<List<string>?> AppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        try
        {
            List<string> applied = [];
            await using var command = new NpgsqlCommand("SELECT scriptname FROM ledger.migrations", connection);
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                applied.Add(rows.GetString(0));
            }

            return applied;
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.InvalidSchemaName)
        {
            return null;
        }
    }

    /// <remarks>
    /// Who is a member of the first may take on the second, which has fewer rights: one login does for all processes.
    /// Where the second is there already, who made it has decided that.
    /// </remarks>
    private static void CreateRoles(NpgsqlConnection connection)
    {
        CreateRole(connection, PostgresSource.Gateway, "NOLOGIN");
        CreateRole(connection, PostgresSource.FactReader, $"NOLOGIN ROLE {PostgresSource.Gateway}");
    }

    /// <summary>Roles are of the whole server, so that another database may have made it already, or at this moment.
    /// </summary>
    /// <exception cref="LedgerOpenException">The owner may not make roles.</exception>
    private static void CreateRole(NpgsqlConnection connection, string role, string options)
    {
        try
        {
            Run(
                connection,
                $"""
                DO $$ BEGIN
                  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '{role}') THEN
                    CREATE ROLE {role} {options};
                  END IF;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END $$
                """);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new LedgerOpenException(
                "The login of Ledger:MigrationConnectionString may not make the role that is missing. Once, as a "
                + $"superuser of the database: CREATE ROLE {role} {options};",
                refused);
        }
    }

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
