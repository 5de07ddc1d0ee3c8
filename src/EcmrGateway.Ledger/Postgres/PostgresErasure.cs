using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Destroys the content of an entry, as the owner of the tables: a running gateway cannot.</summary>
internal static class PostgresErasure
{
    /// <returns>False when there is no entry at the position.</returns>
    /// <exception cref="LedgerOpenException">The owner is not named, cannot be reached or is refused.</exception>
    public static Task<bool> EraseAsync(
        LedgerOptions options, LedgerPosition position, TimeProvider time, CancellationToken cancellation)
    {
        if (options.MigrationConnectionString.Length == 0)
        {
            throw new LedgerOpenException(
                "Erasing needs the owner of the tables. Set Ledger:MigrationConnectionString to it.");
        }

        return new DatabaseWait(options with { OpenTimeout = TimeSpan.Zero }, access: null, time).ForAsync(
            async () =>
            {
                await using var source = NpgsqlDataSource.Create(PostgresSource.ForMigration(options));
                if (!await EraseAsync(source, position, cancellation))
                {
                    return false;
                }

                // The row as it was is still in the table until this takes it out.
                await using var vacuum = source.CreateCommand("VACUUM ledger.entries");
                await vacuum.ExecuteNonQueryAsync(cancellation);
                return true;
            },
            cancellation);
    }

    private static async Task<bool> EraseAsync(
        NpgsqlDataSource source, LedgerPosition position, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(
            "UPDATE ledger.entries SET payload = '', content_sha256 = '', salt = '' WHERE shard = $1 AND idx = $2");
        command.Parameters.Add(new() { Value = position.Shard });
        command.Parameters.Add(new() { Value = position.Index });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
