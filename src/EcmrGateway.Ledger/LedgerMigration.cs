using EcmrGateway.Ledger.Postgres;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Ledger;

/// <summary>Brings the tables of a ledger in PostgreSQL up to date.</summary>
public static class LedgerMigration
{
    /// <summary>
    /// Applies the migrations that are missing, under a lock of the database: of many who do it at once, one does the
    /// work and the others find it done. Needs no keys. Waits for a database that is away.
    /// </summary>
    /// <exception cref="LedgerOpenException">It cannot be done; the message names the setting.</exception>
    public static Task<MigrationResult> RunAsync(
        LedgerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var checkedOptions = new LedgerOptionsValidator().Validate(name: null, options);
        if (checkedOptions.Failed)
        {
            throw new OptionsValidationException(LedgerOptions.Section, typeof(LedgerOptions), checkedOptions.Failures);
        }

        if (options.Engine != LedgerOptions.Postgres)
        {
            throw new LedgerOpenException(
                "Ledger:Engine is not Postgres: a ledger in a folder is brought up to date by the start.");
        }

        if (options.MigrationConnectionString is "")
        {
            throw new LedgerOpenException(
                "Ledger:MigrationConnectionString is not set: the database, as the owner of its tables.");
        }

        return new DatabaseWait(options, access: null, time).ForAsync(
            () => Task.Run(
                async () => new MigrationResult(
                    await PostgresSchema.MigrateAsync(PostgresSource.ForMigration(options), cancellation),
                    PostgresSchema.Newest),
                cancellation),
            cancellation);
    }
}

/// <param name="Applied">How many migrations were missing.</param>
/// <param name="Newest">The newest one, which the tables are now at.</param>
public readonly record struct MigrationResult(int Applied, string Newest);
