using System.Net.Sockets;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Waits for a database that is away, and says in one line which setting is wrong when it may not be used.
/// </summary>
/// <param name="access">What the process does with the ledger; null: it is the owner of the tables.</param>
internal sealed class DatabaseWait(LedgerOptions options, LedgerAccess? access, TimeProvider time)
{
    /// <summary>The setting in the section that says where the database is.</summary>
    private string Setting => access is null
        ? nameof(options.MigrationConnectionString)
        : nameof(options.ConnectionString);

    /// <exception cref="LedgerOpenException">
    /// The database refuses, or stays away for <see cref="LedgerOptions.OpenTimeout"/>.
    /// </exception>
    public async Task<T> ForAsync<T>(Func<Task<T>> use, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await use();
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
            {
                if (failure is PostgresException { IsTransient: false }
                    || time.GetElapsedTime(started) > options.OpenTimeout)
                {
                    throw new LedgerOpenException(
                        $"The database of Ledger:{Setting} cannot be used: {Line(failure)}{HintOf(failure)}",
                        failure);
                }
            }

            await Task.Delay(options.ReopenDelay, time, cancellation);
        }
    }

    /// <summary>The first line of what is told, with why nobody answers.</summary>
    public static string Line(Exception failure)
    {
        var line = failure.Message.ReplaceLineEndings("\n").Split('\n')[0];
        return failure.InnerException is SocketException cause ? $"{line}: {cause.Message}" : line;
    }

    private string HintOf(Exception failure)
    {
        var password = Setting.Replace("ConnectionString", "PasswordFile", StringComparison.Ordinal);
        return (failure as PostgresException)?.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $". Look at the user name there, and at the password in Ledger:{password}.",
            PostgresErrorCodes.InvalidCatalogName => ". Make the database, or name another one.",
            PostgresErrorCodes.DiskFull => ". Its disk is full: give it room.",
            PostgresErrorCodes.InvalidParameterValue or PostgresErrorCodes.InsufficientPrivilege
                when access is { } needed =>
                ". It has no ledger of this program yet (run \"ecmr-gateway migrate\"), or its login is not a member "
                + $"of the role {PostgresSource.RoleOf(needed)} (GRANT {PostgresSource.RoleOf(needed)} TO that login).",
            PostgresErrorCodes.InsufficientPrivilege => ". Its login must own the database.",
            _ => "",
        };
    }
}
