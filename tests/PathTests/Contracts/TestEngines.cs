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
    private readonly Lazy<Task<KafkaServer?>> _kafka = new(KafkaServer.FindAsync);
    private int _redisDatabases;
    private int _topics;

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

    /// <summary>Skips the test where there is no Kafka.</summary>
    public async Task<KafkaServer> KafkaAsync()
    {
        var server = await _kafka.Value;
        Assert.SkipWhen(server is null, KafkaServer.Missing);
        return server;
    }

    /// <summary>Settings of a gateway on real servers, with databases and a topic of its own.</summary>
    public async Task<string[]> GatewaySettingsAsync()
    {
        var ledger = await (await PostgresAsync()).CreateDatabaseAsync();
        var redis = (await RedisAsync()).ConnectionString;
        var kafka = (await KafkaAsync()).BootstrapServers;
        var topic = $"ecmr.path-{Environment.ProcessId}-{Interlocked.Increment(ref _topics)}";
        var number = Interlocked.Increment(ref _redisDatabases) % RedisDatabases;
        return
        [
            "--Ledger:Engine=Postgres",
            $"--Ledger:ConnectionString={ledger}",
            $"--Ledger:MigrationConnectionString={ledger}",
            "--HotStore:Engine=Redis",
            $"--HotStore:ConnectionString={redis},defaultDatabase={number}",
            "--Stream:Engine=Kafka",
            $"--Stream:Kafka:BootstrapServers={kafka}",
            $"--Stream:Kafka:Topic={topic}",
            $"--Stream:Kafka:Group={topic}",
            "--Stream:Kafka:ReplicationFactor=1",
            "--Stream:Kafka:MinInSyncReplicas=1",
        ];
    }

    public async ValueTask DisposeAsync()
    {
        if (_kafka.IsValueCreated && await _kafka.Value is { } kafka)
        {
            await kafka.DisposeAsync();
        }

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
