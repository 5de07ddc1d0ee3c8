using Microsoft.Extensions.Logging;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Connections to the ledger's database, each with the rights that the process needs and no more.</summary>
internal static class PostgresSource
{
    /// <summary>The role that reads everything and may add to the ledger.</summary>
    public const string Gateway = "ecmr_gateway";

    /// <summary>The role that reads facts and may lease shards; notes and their ids are closed to it.</summary>
    public const string FactReader = "ecmr_fact_reader";

    /// <summary>The role that a process takes on; its login must be a member of it.</summary>
    public static string RoleOf(LedgerAccess access) => access is LedgerAccess.Append ? Gateway : FactReader;

    public static NpgsqlDataSource Open(
        LedgerOptions options, LedgerAccess access, ILoggerFactory? loggers = null)
    {
        var settings = Parse(nameof(options.ConnectionString), options.ConnectionString);

        // A commit is not told before it is on disk, whatever the server's default is; keep-alives find a dead peer.
        settings.Options = $"-c role={RoleOf(access)} -c synchronous_commit=on -c search_path=pg_catalog";
        settings.ApplicationName = "ecmr-gateway";
        settings.MaxPoolSize = options.WriteConnections + options.ReadConnections + 2;
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;

        // Nothing is ever left in a session, and putting it back costs seven statements at each use.
        settings.NoResetOnClose = true;
        settings.Timeout = Seconds(options.ConnectTimeout);
        settings.CommandTimeout = Seconds(options.CommandTimeout);
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = 10;
        settings.TcpKeepAliveInterval = 5;

        // Parameters are content of notes: never in a log.
        settings.LogParameters = false;
        settings.IncludeErrorDetail = false;
        var file = options.PasswordFile;
        if (file.Length > 0)
        {
            settings.Password = null;
        }

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        if (file.Length > 0)
        {
            // Now, so that the start says what is wrong; then for each new connection, so that it can be changed.
            ReadPassword(nameof(options.PasswordFile), file);
            builder.UsePasswordProvider(
                _ => ReadPassword(nameof(options.PasswordFile), file),
                (_, _) => new(ReadPassword(nameof(options.PasswordFile), file)));
        }

        builder.UseLoggerFactory(loggers);
        return builder.Build();
    }

    /// <summary>Connections of the role that owns the tables; for migrations alone.</summary>
    public static string ForMigration(LedgerOptions options)
    {
        var settings = Parse(nameof(options.MigrationConnectionString), options.MigrationConnectionString);
        if (options.MigrationPasswordFile.Length > 0)
        {
            settings.Password = ReadPassword(nameof(options.MigrationPasswordFile), options.MigrationPasswordFile);
        }

        settings.ApplicationName = "ecmr-gateway-migration";
        settings.Pooling = false;

        // A migration of a large table takes its time.
        settings.CommandTimeout = 0;
        settings.Timeout = Seconds(options.ConnectTimeout);
        return settings.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder Parse(string setting, string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (!settings.ShouldSerialize("GSS Encryption Mode"))
            {
                // Kerberos is asked for by name: where its library is not there, as in the image, looking for it writes
                // to standard error.
                settings.GssEncryptionMode = GssEncryptionMode.Disable;
            }

            return settings;
        }
        catch (ArgumentException failure)
        {
            // The message names the keyword that is wrong, not its value.
            throw new LedgerOpenException($"Ledger:{setting} is not one of PostgreSQL: {failure.Message}");
        }
    }

    /// <exception cref="LedgerOpenException">The file cannot be read, or is empty.</exception>
    private static string ReadPassword(string setting, string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } password
                ? password
                : throw new LedgerOpenException($"Ledger:{setting} {path} is empty: put the password there.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LedgerOpenException($"Ledger:{setting} cannot be read: {failure.Message}", failure);
        }
    }

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
