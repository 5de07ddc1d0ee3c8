using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EcmrGateway.HotStore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace EcmrGateway.PathTests.Contracts;

/// <summary>A hot store that a test may wipe behind its back.</summary>
internal abstract class TestStore : IAsyncDisposable
{
    public abstract IHotStore Store { get; }

    /// <summary>Takes everything away, as FLUSHALL does.</summary>
    public abstract Task WipeAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>The store that ships, in a host of its own.</summary>
internal sealed class HostedStore : TestStore
{
    private readonly IHost _host;

    private HostedStore(IHost host) => _host = host;

    public override IHotStore Store => _host.Services.GetRequiredService<IHotStore>();

    public IConnectionMultiplexer Redis =>
        _host.Services.GetRequiredService<HotStoreConnection>().OpenedAsync().GetAwaiter().GetResult();

    public static Task<HostedStore> StartEmbeddedAsync(params KeyValuePair<string, string?>[] settings) =>
        StartAsync([new("HotStore:EmbeddedMemoryMiB", "128"), new("HotStore:EmbeddedIndexMiB", "4"), .. settings]);

    public static Task<HostedStore> StartRedisAsync(string connectionString) => StartAsync(
        [new("HotStore:Engine", "Redis"), new("HotStore:ConnectionString", connectionString)]);

    public static async Task<HostedStore> StartAsync(KeyValuePair<string, string?>[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(
            settings.GroupBy(one => one.Key, (_, same) => same.Last()));
        builder.Services.AddHotStore();
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public override Task WipeAsync() => Redis.GetServers()[0].FlushAllDatabasesAsync();

    public override async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>
/// A Redis for the tests: one named by ECMR_TEST_REDIS, or redis-server from the path, on a port of its own.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    public const string Variable = "ECMR_TEST_REDIS";

    /// <summary>Why a test that needs a Redis is skipped.</summary>
    public const string Missing = $"No Redis: neither {Variable} is set nor redis-server on the path.";

    private readonly Process? _process;
    private readonly string? _folder;

    private RedisServer(string connectionString, Process? process, string? folder)
    {
        ConnectionString = connectionString;
        _process = process;
        _folder = folder;
    }

    public string ConnectionString { get; }

    /// <returns>Null: there is none.</returns>
    public static RedisServer? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return new(named, null, null);
        }

        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "redis-server"))
            .FirstOrDefault(File.Exists);
        return program is null ? null : Start(program);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            Directory.Delete(_folder!, recursive: true);
        }
    }

    private static RedisServer Start(string program)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        probe.Close();
        var folder = Directory.CreateTempSubdirectory("ecmr-redis-").FullName;
        var process = Process.Start(new ProcessStartInfo(
            program,
            ["--bind", "127.0.0.1", "--port", $"{port}", "--save", "", "--appendonly", "no", "--dir", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // Read on, so that a full pipe does not stop it.
                _ = process.StandardOutput.ReadToEndAsync();
                return new($"127.0.0.1:{port},allowAdmin=true", process, folder);
            }
        }

        throw new InvalidOperationException($"redis-server ended with {process.ExitCode}.");
    }
}
