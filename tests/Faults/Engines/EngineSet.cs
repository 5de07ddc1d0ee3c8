using System.Globalization;
using Confluent.Kafka;
using EcmrGateway.DeadLetters;
using EcmrGateway.Engines;
using Npgsql;
using StackExchange.Redis;

namespace EcmrGateway.Faults.Engines;

/// <summary>PostgreSQL, Kafka and Redis as processes of this run; gateways reach them through proxies where there are
/// some.</summary>
internal sealed class EngineSet : IAsyncDisposable
{
    public const string PostgresProxy = "postgres";
    public const string KafkaProxy = "kafka";
    public const string RedisProxy = "redis";

    private int _rows;
    private string _postgresAddress = "";
    private string _kafkaAddress = "";
    private string _redisAddress = "";

    private EngineSet(
        PostgresServer postgres, KafkaServer kafka, RedisNode redis, Toxiproxy? proxies, SmallDisks? disks)
    {
        (Postgres, Kafka, Redis, Proxies, Disks) = (postgres, kafka, redis, proxies, disks);
    }

    public PostgresServer Postgres { get; }

    public KafkaServer Kafka { get; }

    public RedisNode Redis { get; }

    /// <summary>Null: connections are direct, and what needs a proxy is skipped.</summary>
    public Toxiproxy? Proxies { get; }

    /// <summary>Null: data is among the machine's temporary files.</summary>
    public SmallDisks? Disks { get; }

    /// <param name="disks">For the data of PostgreSQL and Kafka; gone with the engines.</param>
    /// <exception cref="InvalidOperationException">One of the engines is not here.</exception>
    public static async Task<EngineSet> StartAsync(SmallDisks? disks = null)
    {
        var proxies = await Toxiproxy.TryStartAsync();
        var kafkaPort = Toxiproxy.FreePort();
        var set = new EngineSet(
            await PostgresServer.FindNodeAsync(disks?.Postgres)
                ?? throw new InvalidOperationException(PostgresServer.MissingNode),
            await KafkaServer.FindNodeAsync(proxies is null ? null : kafkaPort, disks?.Kafka)
                ?? throw new InvalidOperationException(KafkaServer.MissingNode),
            await RedisNode.TryStartAsync() ?? throw new InvalidOperationException(RedisNode.Missing),
            proxies, disks);
        await set.ConnectAsync(kafkaPort);
        return set;
    }

    /// <summary>A database, a topic and a Redis of its own, as settings of a gateway.</summary>
    public async Task<Row> NewRowAsync()
    {
        await FlushAsync();
        var database = new NpgsqlConnectionStringBuilder(await Postgres.CreateDatabaseAsync());
        var number = ++_rows;
        var topic = string.Create(CultureInfo.InvariantCulture, $"ecmr.faults-{Environment.ProcessId}-{number}");
        var port = int.Parse(_postgresAddress.Split(':')[1], CultureInfo.InvariantCulture);
        var throughProxy = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = port };
        return new(database.ConnectionString, topic,
        [
            "--Ledger:Engine=Postgres",
            $"--Ledger:ConnectionString={throughProxy.ConnectionString}",
            $"--Ledger:MigrationConnectionString={throughProxy.ConnectionString}",
            "--HotStore:Engine=Redis",
            $"--HotStore:ConnectionString={_redisAddress}",
            "--Stream:Engine=Kafka",
            $"--Stream:Kafka:BootstrapServers={_kafkaAddress}",
            $"--Stream:Kafka:Topic={topic}",
            $"--Stream:Kafka:Group={topic}",
            "--Stream:Kafka:ReplicationFactor=1",
            "--Stream:Kafka:MinInSyncReplicas=1",

            // A row may go on for longer than a token of the sandbox usually lives, and clocks are stepped.
            "--Identity:SandboxTokenLife=1.00:00:00",
        ]);
    }

    /// <summary>Takes away all that Redis has.</summary>
    public Task FlushAsync() => OnRedisAsync("FLUSHALL");

    public async Task OnRedisAsync(string command, params object[] arguments)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{Redis.Address},allowAdmin=true");
        await redis.GetServers()[0].ExecuteAsync(command, arguments);
    }

    /// <summary>What of Kafka the audit reads from; its records come through the proxy all the same.</summary>
    public IConsumer<byte[], byte[]> Consumer() => new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
    {
        BootstrapServers = _kafkaAddress,
        GroupId = "not-joined",
        EnableAutoCommit = false,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnablePartitionEof = true,
    }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    /// <summary>What an operator has of a row's dead letters.</summary>
    public DeadLetterDesk Desk(Row row) => new(
        new Dictionary<string, string> { ["bootstrap.servers"] = _kafkaAddress }, $"{row.Topic}.dlt",
        TimeSpan.FromSeconds(30), TimeProvider.System);

    public IProducer<byte[], byte[]> Producer() => new ProducerBuilder<byte[], byte[]>(new ProducerConfig
    {
        BootstrapServers = _kafkaAddress,
        Acks = Acks.All,
    }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();

    public async ValueTask DisposeAsync()
    {
        await Redis.DisposeAsync();
        await Kafka.DisposeAsync();
        await Postgres.DisposeAsync();
        if (Proxies is not null)
        {
            await Proxies.DisposeAsync();
        }

        if (Disks is not null)
        {
            await Disks.DisposeAsync();
        }
    }

    private async Task ConnectAsync(int kafkaPort)
    {
        var postgres = new NpgsqlConnectionStringBuilder(Postgres.ConnectionString).Port;
        (_postgresAddress, _kafkaAddress, _redisAddress) =
            (Address(postgres), Kafka.BootstrapServers, Redis.Address);
        if (Proxies is null)
        {
            return;
        }

        var (postgresPort, redisPort) = (Toxiproxy.FreePort(), Toxiproxy.FreePort());
        await Proxies.ListenAsync(PostgresProxy, postgresPort, postgres);
        await Proxies.ListenAsync(KafkaProxy, kafkaPort, PortOf(Kafka.BootstrapServers));
        await Proxies.ListenAsync(RedisProxy, redisPort, PortOf(Redis.Address));
        (_postgresAddress, _kafkaAddress, _redisAddress) =
            (Address(postgresPort), Address(kafkaPort), Address(redisPort));
    }

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private static int PortOf(string address) =>
        int.Parse(address.Split(':')[1], CultureInfo.InvariantCulture);
}

/// <summary>What one row of the table works on.</summary>
/// <param name="Database">Connection string past the proxy.</param>
internal sealed record Row(string Database, string Topic, string[] Settings);
