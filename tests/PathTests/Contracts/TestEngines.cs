using EcmrGateway.Engines;
using EcmrGateway.PathTests.Contracts;
using Xunit;

[assembly: AssemblyFixture(typeof(TestEngines))]

namespace EcmrGateway.PathTests.Contracts;

/// <summary>The real engines of this run, each started when it is first asked for and ended with the run.</summary>
public sealed class TestEngines : IAsyncDisposable
{
    /// <summary>Databases of a Redis, by its default settings.</summary>
    private const int RedisDatabases = 16;

    private readonly Lazy<Task<PostgresServer?>> _postgres = new(PostgresServer.FindAsync);
    private readonly Lazy<Task<RedisServer?>> _redis = new(RedisServer.FindAsync);
    private int _redisDatabases;

    /// <summary>Skips the test where there is no PostgreSQL.</summary>
    public async Task<PostgresServer> PostgresAsync()
    {
        var server = await _postgres.Value;
        Assert.SkipWhen(server is null, PostgresServer.Missing);
        return server;
    }

    /// <summary>Skips the test where there is no Redis.</summary>
    public async Task<RedisServer> RedisAsync()
    {
        var server = await _redis.Value;
        Assert.SkipWhen(server is null, RedisServer.Missing);
        return server;
    }

    /// <summary>Settings of a gateway on real servers, with databases of its own.</summary>
    public async Task<string[]> GatewaySettingsAsync()
    {
        var ledger = await (await PostgresAsync()).CreateDatabaseAsync();
        var redis = (await RedisAsync()).ConnectionString;
        var number = Interlocked.Increment(ref _redisDatabases) % RedisDatabases;
        return
        [
            "--Ledger:Engine=Postgres",
            $"--Ledger:ConnectionString={ledger}",
            $"--Ledger:MigrationConnectionString={ledger}",
            "--HotStore:Engine=Redis",
            $"--HotStore:ConnectionString={redis},defaultDatabase={number}",
        ];
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis.IsValueCreated && await _redis.Value is { } redis)
        {
            await redis.DisposeAsync();
        }

        if (_postgres.IsValueCreated && await _postgres.Value is { } postgres)
        {
            await postgres.DisposeAsync();
        }
    }
}
