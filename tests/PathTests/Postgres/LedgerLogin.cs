using Npgsql;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>Logins of gateway processes, as an installation makes them.</summary>
internal static class LedgerLogin
{
    private static int _count;

    /// <summary>Makes a login that has the rights of one role alone.</summary>
    /// <param name="database">Connection string of who may make roles.</param>
    /// <param name="role">Empty: it is a member of none.</param>
    /// <returns>Its connection string.</returns>
    public static async Task<string> CreateAsync(string database, string role)
    {
        var name = $"login_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";
        await RunAsync(
            database, $"CREATE ROLE {name} LOGIN PASSWORD 'password' {(role.Length > 0 ? $"IN ROLE {role}" : "")}");
        return new NpgsqlConnectionStringBuilder(database)
        {
            Username = name,
            Password = "password",
        }.ConnectionString;
    }

    public static async Task RunAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
