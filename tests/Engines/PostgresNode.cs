using System.Diagnostics;

namespace EcmrGateway.Engines;

/// <summary>A PostgreSQL of one's own, from the programs of the machine, to be ended and started again.</summary>
internal sealed class PostgresNode : IAsyncDisposable
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static readonly string[] AsOwner = Machine.IsRoot ? ["runuser", "-u", "postgres", "--"] : [];

    private readonly string _bin;
    private readonly string _folder;
    private readonly bool _isSmall;
    private readonly IReadOnlyList<string> _settings;
    private Process? _process;

    private PostgresNode(string bin, SmallDisk? disk, IReadOnlyList<string> settings)
    {
        (_bin, _isSmall, _settings) = (bin, disk is not null, settings);
        _folder = disk?.CreateFolder("postgres") ?? Directory.CreateTempSubdirectory("ecmr-postgres-").FullName;
    }

    /// <summary>Stays the same when it is started again.</summary>
    public int Port { get; } = Machine.FreePort();

    public bool HasEnded => _process is null or { HasExited: true };

    private string Data => Path.Combine(_folder, "data");

    /// <param name="disk">Where its data is; null: among other temporary files.</param>
    /// <param name="settings">Of its configuration, beside what a test needs: "name=value".</param>
    /// <returns>Null: the programs are not here.</returns>
    public static async Task<PostgresNode?> TryStartAsync(SmallDisk? disk, IReadOnlyList<string> settings)
    {
        var folders = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderDescending().Select(version => Path.Combine(version, "bin"))
            : [];
        if (Machine.FindProgram("postgres", folders) is not { } program)
        {
            return null;
        }

        var node = new PostgresNode(Path.GetDirectoryName(program)!, disk, settings);
        if (Machine.IsRoot)
        {
            await Machine.RunAsync("chown", "postgres", node._folder);
        }

        string[] initdb =
        [
            .. AsOwner, Path.Combine(node._bin, "initdb"), "-D", node.Data, "-U", "postgres", "--auth=trust",
            "--no-sync", "-E", "UTF8", .. node._isSmall ? ["--wal-segsize=1"] : Array.Empty<string>(),
        ];
        await Machine.RunAsync(initdb[0], initdb[1..]);
        var access = Path.Combine(node.Data, "pg_hba.conf");
        await File.WriteAllTextAsync(
            access,
            $"host all +{PostgresServer.AskedRole} 127.0.0.1/32 scram-sha-256\n{await File.ReadAllTextAsync(access)}");
        await node.StartAsync();
        return node;
    }

    /// <summary>Starts it on its port and data, and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        string[] command =
        [
            .. AsOwner, Path.Combine(_bin, "postgres"), "-D", Data, "-p", $"{Port}", "-k", _folder,
            "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200",
            .. _isSmall ? ["-c", "min_wal_size=2MB", "-c", "max_wal_size=16MB"] : Array.Empty<string>(),
            .. _settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        _process = Machine.Start(command[0], command[1..]);
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                // Read on, so that a full pipe does not stop it.
                _ = _process.StandardError.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException($"postgres ended with {_process.ExitCode}.");
    }

    /// <summary>Ends it without a checkpoint, as a crash does: what was committed is in its log alone.</summary>
    public async Task EndAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        // The program may run behind runuser; its own process is the one that it names.
        _process = null;
        if (!process.HasExited)
        {
            var lines = await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid"));
            await Machine.RunAsync("kill", "-QUIT", lines[0]);
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
