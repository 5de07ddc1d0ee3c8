using System.Globalization;
using Npgsql;
using Testcontainers.PostgreSql;

namespace EcmrGateway.Engines;

/// <summary>
/// A PostgreSQL for tests: one named by ECMR_TEST_POSTGRES, a container, or the programs of the machine.
/// </summary>
/// <remarks>
/// It is a durable one, as the ledger asks for, and takes the connections of many processes. A role that is named must
/// be allowed to make databases and roles.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string Variable = "ECMR_TEST_POSTGRES";

    /// <summary>A server that is started here trusts all but the logins that are members of this role.</summary>
    public const string AskedRole = "ecmr_asked";

    public const string Image = "postgres:15";

    /// <summary>Why a test that needs a PostgreSQL is skipped.</summary>
    public const string Missing =
        $"No PostgreSQL: {Variable} is not set, and neither Docker nor PostgreSQL's programs are here.";

    /// <summary>Why a test that ends a PostgreSQL and starts it again is skipped.</summary>
    public const string MissingNode = "No PostgreSQL that a test can restart: its programs are not here.";

    /// <summary>
    /// For measuring: as PostgreSQL's manual and the runbook advise for a server with a machine of its own. A quarter
    /// of the memory is for pages, of which it has 128 MiB by itself, with a buffer for its log that a batch fills;
    /// and there is room in the log, so that checkpoints, after which it writes whole pages into it, are by time.
    /// </summary>
    public static readonly IReadOnlyList<string> InUse =
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"shared_buffers={GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / 1_048_576}MB"),
        "max_wal_size=8GB",
    ];

    private readonly Func<ValueTask> _dispose;
    private readonly PostgresNode? _node;
    private int _databases;

    private PostgresServer(
        string connectionString, string source, Func<ValueTask> dispose, PostgresNode? node = null)
    {
        ConnectionString = connectionString;
        Source = source;
        _dispose = dispose;
        _node = node;
    }

    /// <summary>For Npgsql, as a role that may make databases.</summary>
    public string ConnectionString { get; }

    /// <summary>Where it runs, for a reader: "address", "container", "process".</summary>
    public string Source { get; }

    /// <returns>Null: there is none.</returns>
    public static async Task<PostgresServer?> FindAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return new(named, "address", () => ValueTask.CompletedTask);
        }

        if (Machine.HasDocker)
        {
            // Containers for tests come with all that makes commits durable switched off.
            var container = new PostgreSqlBuilder(Image).WithCommand(
                "-c", "fsync=on", "-c", "full_page_writes=on", "-c", "synchronous_commit=on",
                "-c", "max_connections=200").Build();
            await container.StartAsync();
            return new(container.GetConnectionString(), "container", container.DisposeAsync);
        }

        return await FindNodeAsync();
    }

    /// <summary>A process, which can be ended and started again.</summary>
    /// <param name="disk">Where its data is; null: among other temporary files.</param>
    /// <param name="settings">Of its configuration: "name=value"; null: its defaults.</param>
    /// <returns>Null: there is none.</returns>
    public static async Task<PostgresServer?> FindNodeAsync(
        SmallDisk? disk = null, IReadOnlyList<string>? settings = null) =>
        await PostgresNode.TryStartAsync(disk, settings ?? []) is { } node
        ? new(
            string.Create(
                CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={node.Port};Username=postgres;Database=postgres"),
            "process", node.DisposeAsync, node)
        : null;

    /// <summary>Whether the node is not there, or has ended by itself.</summary>
    public bool HasEnded => Node.HasEnded;

    /// <summary>Ends the node at once, as a crash would.</summary>
    public Task KillAsync() => Node.EndAsync();

    /// <summary>Starts the node again on its port and data.</summary>
    public async Task RestartAsync()
    {
        await Node.StartAsync();

        // Connections of this process's own are of the server before.
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"ecmr_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    public ValueTask DisposeAsync() => _dispose();

    private PostgresNode Node => _node ?? throw new InvalidOperationException("It is no process of this test.");
}
