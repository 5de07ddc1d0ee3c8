using System.Diagnostics;
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

    public const string Image = "postgres:15";

    /// <summary>Why a test that needs a PostgreSQL is skipped.</summary>
    public const string Missing =
        $"No PostgreSQL: {Variable} is not set, and neither Docker nor PostgreSQL's programs are here.";

    private const string Debian = "/usr/lib/postgresql";

    private readonly Func<ValueTask> _dispose;
    private int _databases;

    private PostgresServer(string connectionString, string source, Func<ValueTask> dispose)
    {
        ConnectionString = connectionString;
        Source = source;
        _dispose = dispose;
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

        var folders = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderDescending().Select(version => Path.Combine(version, "bin"))
            : [];
        return Machine.FindProgram("postgres", folders) is { } program
            ? await StartAsync(Path.GetDirectoryName(program)!)
            : null;
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

    private static async Task<PostgresServer> StartAsync(string bin)
    {
        var port = Machine.FreePort();
        var folder = Directory.CreateTempSubdirectory("ecmr-postgres-").FullName;
        var data = Path.Combine(folder, "data");

        // PostgreSQL refuses to run as root.
        string[] asOwner = Machine.IsRoot ? ["runuser", "-u", "postgres", "--"] : [];
        if (Machine.IsRoot)
        {
            await Machine.RunAsync("chown", "postgres", folder);
        }

        await RunAsOwnerAsync(
            Path.Combine(bin, "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8");
        string[] command =
        [
            .. asOwner, Path.Combine(bin, "postgres"), "-D", data, "-p", $"{port}", "-k", folder,
            "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200",
        ];
        var process = Machine.Start(command[0], command[1..]);
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                // Read on, so that a full pipe does not stop it.
                _ = process.StandardError.ReadToEndAsync();
                return new(
                    $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres", "process",
                    () => EndAsync(process, data, folder));
            }
        }

        throw new InvalidOperationException($"postgres ended with {process.ExitCode}.");

        Task RunAsOwnerAsync(params string[] program)
        {
            string[] whole = [.. asOwner, .. program];
            return Machine.RunAsync(whole[0], whole[1..]);
        }
    }

    private static async ValueTask EndAsync(Process process, string data, string folder)
    {
        // The program may run behind runuser; its own process is the one that it names.
        var lines = await File.ReadAllLinesAsync(Path.Combine(data, "postmaster.pid"));
        using (var postmaster = Process.GetProcessById(int.Parse(lines[0], CultureInfo.InvariantCulture)))
        {
            postmaster.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
