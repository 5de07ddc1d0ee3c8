using System.Net.Sockets;
using Npgsql;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>Waits for a database that is away, and says in one line which setting is wrong when it may not be used.
/// </summary>
internal sealed class DatabaseWait(LedgerOptions options, TimeProvider time)
{
    /// <param name="setting">Name of the setting in the section that says where the database is.</param>
    /// <exception cref="LedgerOpenException">
    /// The database refuses, or stays away for <see cref="LedgerOptions.OpenTimeout"/>.
    /// </exception>
    public async Task<T> ForAsync<T>(string setting, Func<Task<T>> use, CancellationToken cancellation)
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
                        $"The database of Ledger:{setting} cannot be used: {Line(failure)}{HintOf(failure, setting)}",
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

    private static string HintOf(Exception failure, string setting)
    {
        var password = setting.Replace("ConnectionString", "PasswordFile", StringComparison.Ordinal);
        return (failure as PostgresException)?.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $". Look at the user name there, and at the password in Ledger:{password}.",
            PostgresErrorCodes.InvalidCatalogName => ". Make the database, or name another one.",
            PostgresErrorCodes.DiskFull => ". Its disk is full: give it room.",
            PostgresErrorCodes.InvalidParameterValue or PostgresErrorCodes.InsufficientPrivilege
                when setting == nameof(LedgerOptions.ConnectionString) =>
                ". It has no ledger yet (run \"ecmr-gateway migrate\"), or its login is not a member of the role "
                + $"{PostgresSource.Role}.",
            PostgresErrorCodes.InsufficientPrivilege => ". Its login must own the database.",
            _ => "",
        };
    }
}
