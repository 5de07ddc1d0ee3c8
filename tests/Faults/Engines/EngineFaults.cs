using Confluent.Kafka;
using Npgsql;

namespace EcmrGateway.Faults.Engines;

/// <summary>What a fault may touch.</summary>
internal sealed record Stage(EngineSet Engines, Copies Copies, Row Row, Random Random);

/// <summary>A row of the table.</summary>
/// <param name="Slowness">How many rounds of others one round of this stands for.</param>
/// <param name="Proxied">Whether it needs toxiproxy.</param>
/// <param name="InjectAsync">Does it and undoes it; the load goes on meanwhile.</param>
internal sealed record EngineFault(string Name, int Slowness, bool Proxied, Func<Stage, Task> InjectAsync);

/// <summary>The table of faults on real engines.</summary>
internal static class EngineFaults
{
    private static readonly TimeSpan Ill = TimeSpan.FromSeconds(8);

    public static IReadOnlyList<EngineFault> All { get; } =
    [
        new("kill-ingress", 1, false, stage => KillAsync(stage.Copies.Ingress)),
        new("kill-relay", 1, false, stage => KillAsync(stage.Copies.Relay)),
        new("kill-scoring", 1, false, stage => KillAsync(stage.Copies.Scoring[stage.Random.Next(2)])),
        new("postgres-restart", 5, false, async stage =>
        {
            await stage.Engines.Postgres.KillAsync();
            await PauseAsync(1);
            await stage.Engines.Postgres.RestartAsync();
        }),
        new("postgres-cut", 2, false, CutPostgresAsync),
        new("kafka-kill", 20, false, async stage =>
        {
            await stage.Engines.Kafka.KillAsync();
            await stage.Engines.Kafka.RestartAsync();
        }),
        new("kafka-away", 100, false, async stage =>
        {
            await stage.Engines.Kafka.KillAsync();
            await PauseAsync(60);
            await stage.Engines.Kafka.RestartAsync();
        }),
        new("redis-kill", 5, false, async stage =>
        {
            await stage.Engines.Redis.KillAsync();
            await PauseAsync(stage.Random.NextDouble() * 2);
            await stage.Engines.Redis.StartAsync();
        }),
        new("redis-old", 5, false, async stage =>
        {
            await stage.Engines.OnRedisAsync("SAVE");
            await PauseAsync(1);
            await stage.Engines.Redis.KillAsync();
            await stage.Engines.Redis.StartAsync();
        }),
        new("redis-flush", 2, false, stage => stage.Engines.FlushAsync()),
        new("redis-full", 10, false, async stage =>
        {
            await stage.Engines.OnRedisAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
            await stage.Engines.OnRedisAsync("CONFIG", "SET", "maxmemory", "1");
            await PauseAsync(5);
            await stage.Engines.OnRedisAsync("CONFIG", "SET", "maxmemory", "0");
        }),
        new("rebalance", 5, false, RebalanceAsync),
        new("duplicates", 2, false, DuplicateAsync),
        .. Proxied("slow", "latency", new { latency = 500 }),
        .. Proxied("cut", "limit_data", new { bytes = 20_000 }),
        .. Proxied("reset", "reset_peer", new { timeout = 100 }),
        .. Proxied("half-open", "timeout", new { timeout = 0 }),
    ];

    private static IEnumerable<EngineFault> Proxied(string name, string toxic, object attributes) =>
        ((string[])[EngineSet.PostgresProxy, EngineSet.KafkaProxy, EngineSet.RedisProxy]).Select(
            engine => new EngineFault($"{name}-{engine}", 10, true, async stage =>
            {
                await stage.Engines.Proxies!.PoisonAsync(engine, toxic, attributes);
                await Task.Delay(Ill, TimeProvider.System);
                await stage.Engines.Proxies.HealAsync();
            }));

    private static async Task KillAsync(GatewayProcess process)
    {
        await process.KillAsync();
        await process.StartAsync();
    }

    private static async Task CutPostgresAsync(Stage stage)
    {
        await using var connection = new NpgsqlConnection(stage.Engines.Postgres.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
        command.Parameters.Add(new() { Value = new NpgsqlConnectionStringBuilder(stage.Row.Database).Database! });
        await command.ExecuteNonQueryAsync();
        NpgsqlConnection.ClearAllPools();
    }

    private static async Task RebalanceAsync(Stage stage)
    {
        using var third = stage.Copies.New("scoring");
        await third.StartAsync();
        await PauseAsync(2);
        await third.KillAsync();
    }

    /// <summary>Writes the last records of each partition once more, as a producer does that got no answer.</summary>
    private static Task DuplicateAsync(Stage stage) => Task.Run(() =>
    {
        using var consumer = stage.Engines.Consumer();
        using var producer = stage.Engines.Producer();
        foreach (var records in TopicAudit.Read(consumer, stage.Row.Topic).GroupBy(record => record.Partition))
        {
            foreach (var record in records.TakeLast(50))
            {
                producer.Produce(record.TopicPartition, new Message<byte[], byte[]>
                {
                    Key = record.Message.Key,
                    Value = record.Message.Value,
                    Headers = record.Message.Headers,
                });
            }
        }

        producer.Flush(TimeSpan.FromSeconds(30));
    });

    private static Task PauseAsync(double seconds) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
}
