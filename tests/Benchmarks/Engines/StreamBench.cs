using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Ecmr.Ingress.V1;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using EcmrGateway.Engines;
using Npgsql;
using StackExchange.Redis;

namespace EcmrGateway.Benchmarks.Engines;

/// <summary>
/// From the ledger in PostgreSQL to the topic, from the topic to the rankings in Redis, and all of Redis anew.
/// </summary>
/// <remarks>
/// The scoring process starts first, on an empty ledger, so that all facts come to it over the topic. The relay is
/// measured on a topic of its own; then its cursor is put back and it fills the topic that scoring reads.
/// </remarks>
internal static class StreamBench
{
    private const int Partitions = 16;

    /// <summary>The first tenth is left out: processes start, and code is compiled.</summary>
    private const double From = 0.1;
    private const double To = 0.95;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(bool quick)
    {
        await using var postgres = await PostgresServer.FindNodeAsync()
            ?? throw new InvalidOperationException(PostgresServer.MissingNode);
        await using var kafka = await KafkaServer.FindNodeAsync()
            ?? throw new InvalidOperationException(KafkaServer.MissingNode);
        await using var redis = await RedisNode.TryStartAsync()
            ?? throw new InvalidOperationException(RedisNode.Missing);
        var folder = Directory.CreateTempSubdirectory("ecmr-bench-").FullName;
        var database = await postgres.CreateDatabaseAsync();
        string[] common =
        [
            "--Ledger:Engine=Postgres", $"--Ledger:ConnectionString={database}",
            $"--Ledger:MigrationConnectionString={database}",
            "--HotStore:Engine=Redis", $"--HotStore:ConnectionString={redis.Address}",
            "--Stream:Engine=Kafka", $"--Stream:Kafka:BootstrapServers={kafka.BootstrapServers}",
            "--Stream:Kafka:ReplicationFactor=1", "--Stream:Kafka:MinInSyncReplicas=1",
        ];
        string[] measured = [.. common, "--Stream:Kafka:Topic=relayed", "--Stream:Kafka:Group=relayed"];
        string[] scored = [.. common, "--Stream:Kafka:Topic=scored", "--Stream:Kafka:Group=scored"];

        await using var scoring = await ServerProcess.StartGatewayAsync(folder, [.. scored, "--Roles=scoring"]);
        var facts = await FillAsync(folder, [.. measured, "--Roles=ingress"], TimeSpan.FromSeconds(quick ? 3 : 45));
        var relayed = await RelayAsync(kafka.BootstrapServers, folder, measured, facts);
        var floor = await FloorAsync(kafka.BootstrapServers, "relayed");

        await SqlAsync(database, "UPDATE ledger.relay_shards SET relayed = -1");
        await using var relay = await ServerProcess.StartGatewayAsync(folder, [.. scored, "--Roles=relay"]);
        var (scoredRate, perCore) = await MeterAsync(scoring, "ecmr_scoring_facts_total", facts);
        await FlushAsync(redis);
        var rebuilt = Stopwatch.GetTimestamp();
        await RebuiltAsync(scoring);
        var rebuild = facts / Stopwatch.GetElapsedTime(rebuilt).TotalSeconds;
        FigureReport.Write(
            "stream",
            [
                new("relayed, PostgreSQL to Kafka", relayed, "facts/s", floor, 0.7),
                new("bare idempotent producer, acks=all (floor)", floor, "records/s"),
                new("scored, Kafka to Redis", scoredRate, "facts/s"),
                new("scored, for each core of the process", perCore, "facts/s", null, 20_000),
                new("Redis filled anew from the ledger", rebuild, "facts/s", null, 50_000),
                new("facts", facts, ""),
            ],
            quick);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<long> FillAsync(string folder, string[] settings, TimeSpan duration)
    {
        await using var ingress = await ServerProcess.StartGatewayAsync(folder, settings);
        var headers = await ingress.AsAsync("submitter", "bench");
        using var channel = ingress.Connect();
        var streams = new SubmitStreams(
            new IngressService.IngressServiceClient(channel), headers, new NotePool(20_000, seed: 5), 4);
        var filled = await LoadLoops.UnaryAsync(ingress, 1_024, duration, streams.SubmitAsync);
        await streams.CompleteAsync();
        return filled.Answers;
    }

    private static async Task<double> RelayAsync(string brokers, string folder, string[] settings, long facts)
    {
        await using var relay = await ServerProcess.StartGatewayAsync(folder, [.. settings, "--Roles=relay"]);
        using var consumer = Consumer(brokers);
        return (await RateAsync(facts, () => Task.FromResult(WrittenOf(consumer, "relayed")))).Rate;
    }

    /// <summary>What a bare producer reaches with the same records.</summary>
    private static async Task<double> FloorAsync(string brokers, string topic)
    {
        List<ConsumeResult<byte[], byte[]>> records = [];
        using (var consumer = Consumer(brokers))
        {
            var total = WrittenOf(consumer, topic);
            consumer.Assign(Enumerable.Range(0, Partitions)
                .Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
            while (records.Count < total)
            {
                if (consumer.Consume(TimeSpan.FromSeconds(1)) is { } record)
                {
                    records.Add(record);
                }
            }
        }

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = brokers }).Build();
        await admin.CreateTopicsAsync(
            [new() { Name = "floor", NumPartitions = Partitions, ReplicationFactor = 1 }]);
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig
        {
            BootstrapServers = brokers,
            EnableIdempotence = true,
            Acks = Acks.All,
            LingerMs = 5,
            QueueBufferingMaxMessages = 100_000,
        }).Build();
        var started = Stopwatch.GetTimestamp();
        foreach (var record in records)
        {
            var message = new Message<byte[], byte[]>
            {
                Key = record.Message.Key,
                Value = record.Message.Value,
                Headers = record.Message.Headers,
            };
            while (!TryProduce(producer, new("floor", record.Partition), message))
            {
                producer.Poll(TimeSpan.FromMilliseconds(10));
            }
        }

        producer.Flush(Limit);
        return records.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static bool TryProduce(
        IProducer<byte[], byte[]> producer, TopicPartition partition, Message<byte[], byte[]> message)
    {
        try
        {
            producer.Produce(partition, message);
            return true;
        }
        catch (ProduceException<byte[], byte[]> full) when (full.Error.Code == ErrorCode.Local_QueueFull)
        {
            return false;
        }
    }

    /// <summary>Rate of a counter of a process, also for each core that it kept busy.</summary>
    private static async Task<(double Rate, double PerCore)> MeterAsync(
        ServerProcess process, string counter, long facts)
    {
        TimeSpan from = default, to = default;
        var (rate, count) = await RateAsync(
            facts, async () => (long)Sum(await process.MetricsAsync(), counter),
            () => from = process.ProcessorTime, () => to = process.ProcessorTime);
        return (rate, count / (to - from).TotalSeconds);
    }

    /// <summary>How fast a number grows between two shares of its end.</summary>
    private static async Task<(double Rate, long Count)> RateAsync(
        long end, Func<Task<long>> read, Action? atFrom = null, Action? atTo = null)
    {
        var begun = Stopwatch.GetTimestamp();
        (long Count, long At)? from = null;
        while (true)
        {
            var count = await read();
            var now = Stopwatch.GetTimestamp();
            if (from is null && count >= end * From)
            {
                from = (count, now);
                atFrom?.Invoke();
            }

            if (from is { } first && count >= end * To)
            {
                atTo?.Invoke();
                return (
                    (count - first.Count) / Stopwatch.GetElapsedTime(first.At, now).TotalSeconds,
                    count - first.Count);
            }

            if (Stopwatch.GetElapsedTime(begun) > Limit)
            {
                throw new TimeoutException($"Only {count} of {end} came within {Limit.TotalMinutes} minutes.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static async Task RebuiltAsync(ServerProcess scoring)
    {
        var started = Stopwatch.GetTimestamp();
        var lost = false;
        while (true)
        {
            var share = Sum(await scoring.MetricsAsync(), "ecmr_scoring_rebuilt");
            lost |= share < 1;
            if (lost && share >= 1)
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException("Redis was not filled anew.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));

    private static long WrittenOf(IConsumer<byte[], byte[]> consumer, string topic) => Enumerable.Range(0, Partitions)
        .Sum(partition => consumer.QueryWatermarkOffsets(new(topic, partition), TimeSpan.FromSeconds(10)).High.Value);

    private static IConsumer<byte[], byte[]> Consumer(string brokers) =>
        new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = brokers,
            GroupId = "not-joined",
            EnableAutoCommit = false,
        }).Build();

    private static async Task SqlAsync(string database, string statement)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task FlushAsync(RedisNode redis)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{redis.Address},allowAdmin=true");
        await connection.GetServers()[0].FlushAllDatabasesAsync();
    }
}
