using Confluent.Kafka;
using Npgsql;

namespace EcmrGateway.Faults.Engines;

/// <summary>The table of faults on real engines.</summary>
internal static class EngineFaults
{
    private static readonly TimeSpan Ill = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Step = TimeSpan.FromHours(2);
    private static readonly TimeSpan StepSeen = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<EngineFault> All { get; } =
    [
        new("kill-ingress", 1, stage => KillAsync(stage.Copies.Ingress)),
        new("kill-relay", 1, stage => KillAsync(stage.Copies.Relay)),
        new("kill-scoring", 1, stage => KillAsync(stage.Copies.Scoring[stage.Random.Next(2)])),
        new("postgres-restart", 5, async stage =>
        {
            await stage.Engines.Postgres.KillAsync();
            await PauseAsync(1);
            await stage.Engines.Postgres.RestartAsync();
        }),
        new("postgres-cut", 2, CutPostgresAsync),
        new("kafka-kill", 20, async stage =>
        {
            await stage.Engines.Kafka.KillAsync();
            await stage.Engines.Kafka.RestartAsync();
        }),
        new("kafka-away", 100, async stage =>
        {
            await stage.Engines.Kafka.KillAsync();
            await PauseAsync(60);
            await stage.Engines.Kafka.RestartAsync();
        }),
        new("redis-kill", 5, async stage =>
        {
            await stage.Engines.Redis.KillAsync();
            await PauseAsync(stage.Random.NextDouble() * 2);
            await stage.Engines.Redis.StartAsync();
        }),
        new("redis-old", 5, async stage =>
        {
            await stage.Engines.OnRedisAsync("SAVE");
            await PauseAsync(1);
            await stage.Engines.Redis.KillAsync();
            await stage.Engines.Redis.StartAsync();
        }),
        new("redis-flush", 2, stage => stage.Engines.FlushAsync()),
        new("redis-full", 10, async stage =>
        {
            await stage.Engines.OnRedisAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
            await stage.Engines.OnRedisAsync("CONFIG", "SET", "maxmemory", "1");
            await PauseAsync(5);
            await stage.Engines.OnRedisAsync("CONFIG", "SET", "maxmemory", "0");
        }),
        new("rebalance", 5, RebalanceAsync),
        new("duplicates", 2, DuplicateAsync),
        .. Proxied("slow", "latency", new { latency = 500 }),
        .. Proxied("cut", "limit_data", new { bytes = 20_000 }),
        .. Proxied("reset", "reset_peer", new { timeout = 100 }),
        .. Proxied("half-open", "timeout", new { timeout = 0 }),
        new("kill-replay", 10, ReplayFault.KillAsync),
        .. ((string[])["ingress", "relay", "scoring"]).Select(
            role => new EngineFault($"clock-{role}", 5, StepClockAsync) { Needs = Needs.Clock, Clocked = role }),
        new("disk-full-postgres", 10, DiskFaults.FillPostgresAsync) { Needs = Needs.SmallDisks },
        new("disk-full-kafka", 20, DiskFaults.FillKafkaAsync) { Needs = Needs.SmallDisks },
    ];

    private static IEnumerable<EngineFault> Proxied(string name, string toxic, object attributes) =>
        ((string[])[EngineSet.PostgresProxy, EngineSet.KafkaProxy, EngineSet.RedisProxy]).Select(
            engine => new EngineFault($"{name}-{engine}", 10, async stage =>
            {
                await stage.Engines.Proxies!.PoisonAsync(engine, toxic, attributes);
                await Task.Delay(Ill, TimeProvider.System);
                await stage.Engines.Proxies.HealAsync();
            })
            {
                Needs = Needs.Proxies,
            });

    private static async Task KillAsync(GatewayProcess process)
    {
        await process.KillAsync();
        await process.StartAsync();
    }

    /// <summary>Forwards, back beyond the right time, and right again.</summary>
    private static async Task StepClockAsync(Stage stage)
    {
        foreach (var ahead in (TimeSpan[])[Step, -Step, TimeSpan.Zero])
        {
            stage.Copies.Clock!.Step(ahead);
            await Wait.UntilAsync(
                async () => (await stage.Copies.Clocked!.TimeAsync() - ahead - TimeProvider.System.GetUtcNow())
                    .Duration() < StepSeen,
                () => "The clock was not stepped.");
            await PauseAsync(stage.Random.NextDouble() * 2);
        }
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
