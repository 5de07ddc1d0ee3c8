using System.Diagnostics;
using Testcontainers.Redis;

namespace EcmrGateway.Engines;

/// <summary>A Redis for tests: one named by ECMR_TEST_REDIS, a container, or redis-server from the path.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    public const string Variable = "ECMR_TEST_REDIS";

    public const string Image = "redis:7.0";

    /// <summary>Why a test that needs a Redis is skipped.</summary>
    public const string Missing = $"No Redis: {Variable} is not set, and neither Docker nor redis-server is here.";

    private readonly Func<ValueTask> _dispose;

    private RedisServer(string connectionString, string source, Func<ValueTask> dispose)
    {
        ConnectionString = connectionString;
        Source = source;
        _dispose = dispose;
    }

    /// <summary>For StackExchange.Redis; administrative commands are allowed.</summary>
    public string ConnectionString { get; }

    /// <summary>Where it runs, for a reader: "address", "container", "process".</summary>
    public string Source { get; }

    /// <returns>Null: there is none.</returns>
    public static async Task<RedisServer?> FindAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return new($"{named},allowAdmin=true", "address", () => ValueTask.CompletedTask);
        }

        if (Machine.HasDocker)
        {
            var container = new RedisBuilder(Image).Build();
            await container.StartAsync();
            return new($"{container.GetConnectionString()},allowAdmin=true", "container", container.DisposeAsync);
        }

        return Machine.FindProgram("redis-server") is { } program ? await StartAsync(program) : null;
    }

    public ValueTask DisposeAsync() => _dispose();

    private static async Task<RedisServer> StartAsync(string program)
    {
        var port = Machine.FreePort();
        var folder = Directory.CreateTempSubdirectory("ecmr-redis-").FullName;
        var process = Machine.Start(
            program, "--bind", "127.0.0.1", "--port", $"{port}", "--save", "", "--appendonly", "no", "--dir", folder);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // Read on, so that a full pipe does not stop it.
                _ = process.StandardOutput.ReadToEndAsync();
                return new($"127.0.0.1:{port},allowAdmin=true", "process", () => EndAsync(process, folder));
            }
        }

        throw new InvalidOperationException($"redis-server ended with {process.ExitCode}.");
    }

    private static async ValueTask EndAsync(Process process, string folder)
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
