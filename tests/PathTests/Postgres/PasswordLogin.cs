using EcmrGateway.Engines;
using Npgsql;

namespace EcmrGateway.PathTests.Postgres;

/// <summary>A database and a login of a gateway that has to give its password.</summary>
internal sealed class PasswordLogin
{
    /// <summary>Why a test that needs one is skipped.</summary>
    public const string Missing = "The PostgreSQL that was named asks nobody for a password.";

    /// <summary>Members of it are asked for their password by a PostgreSQL that tests start.</summary>
    private const string Asked = PostgresServer.AskedRole;

    private static int _count;

    private readonly NpgsqlConnectionStringBuilder _owner;
    private readonly string _name;

    private PasswordLogin(string database, string name)
    {
        (_owner, _name) = (new(database), name);
        Without = new NpgsqlConnectionStringBuilder(database) { Username = name, Password = null }.ConnectionString;
    }

    /// <summary>Of who owns the database.</summary>
    public string OwnerConnectionString => _owner.ConnectionString;

    /// <summary>Its connection string, without the password.</summary>
    public string Without { get; }

    public static async Task<PasswordLogin> CreateAsync(PostgresServer server, string password)
    {
        var name = $"asked_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";
        var login = new PasswordLogin(await server.CreateDatabaseAsync(), name);
        await login.RunAsync(
            $"DO $$ BEGIN CREATE ROLE {Asked} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; "
            + "DO $$ BEGIN CREATE ROLE ecmr_gateway NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$; "
            + $"CREATE ROLE {name} LOGIN IN ROLE {Asked}, ecmr_gateway");
        await login.SetAsync(password);
        return login;
    }

    /// <summary>Changes the password.</summary>
    public Task SetAsync(string password) => RunAsync($"ALTER ROLE {_name} PASSWORD '{password}'");

    /// <summary>Ends every connection that it has.</summary>
    public Task CutAsync() => RunAsync(
        $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{_name}'");

    /// <summary>Whether the server refuses a wrong password at all.</summary>
    public async Task<bool> IsAskedForAsync()
    {
        await using var connection = new NpgsqlConnection($"{Without};Password=wrong;Pooling=false");
        try
        {
            await connection.OpenAsync();
            return false;
        }
        catch (PostgresException)
        {
            return true;
        }
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_owner.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
