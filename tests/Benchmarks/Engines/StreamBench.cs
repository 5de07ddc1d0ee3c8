using System.Diagnostics;
using System.Globalization;
using Ecmr.Ingress.V1;
using Ecmr.Inspection.V1;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using EcmrGateway.Engines;
using HdrHistogram;
using Npgsql;
using StackExchange.Redis;

namespace EcmrGateway.Benchmarks.Engines;

/// <summary>
/// From the ledger in PostgreSQL to the topic, from the topic to the rankings in Redis, and all of Redis anew.
/// </summary>
/// <remarks>
/// The scoring process starts first, on an empty ledger, so that all facts come to it over the topic. The relay is
/// measured on a topic of its own, to which it brings all facts several times: in the first seconds of a process most
/// of its processor time is the compiler's. Then its cursor is put back and it fills the topic that scoring reads.
/// </remarks>
internal static class StreamBench
{
    private const int Partitions = 16;

    /// <summary>Eight movements of each vehicle of the pool: how many there are is what a profile costs.</summary>
    private const int Facts = 800_000;

    private const int RelayTurns = 5;

    /// <summary>The first half is left out: processes start, and compile what they use most.</summary>
    private const double From = 0.5;
    private const double To = 0.95;

    private const string Scored = "ecmr_scoring_facts_total";

    /// <summary>
    /// A relay that runs takes its shards anew and begins with their first facts; what it notes of before is void.
    /// </summary>
    private const string FromTheStart =
        "UPDATE ledger.relay_shards SET relayed = -1, owner = NULL, until = NULL, term = term + 1";

    /// <summary>Time between two looks at a number that grows: to look costs the process that is measured.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(bool quick)
    {
        await using var postgres = await PostgresServer.FindNodeAsync(settings: PostgresServer.InUse)
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

        await MakeLedgerAsync(folder, measured);
        await using var scoring = await ServerProcess.StartGatewayAsync(folder, [.. scored, "--Roles=scoring"]);
        var facts = quick ? 100_000 : Facts;
        var taken = await FillAsync(folder, [.. measured, "--Roles=ingress"], facts);
        var (relayed, floor) = await RelayAsync(kafka.BootstrapServers, folder, measured, database, facts);

        await SqlAsync(database, FromTheStart);
        await using var relay = await ServerProcess.StartGatewayAsync(folder, [.. scored, "--Roles=relay"]);
        var (scoredRate, perCore) = await MeterAsync(scoring, Scored, facts);
        await ScoredAllAsync(scoring, facts);
        var assessed = Sum(await scoring.MetricsAsync(), "ecmr_scoring_assessed_total") / facts;
        await using var inspection = await ServerProcess.StartGatewayAsync(
            folder, [.. scored, "--Roles=inspection"]);
        var (rebuild, rebuildPerCore, served) = await RebuildAsync(scoring, inspection, redis, facts);
        FigureReport.Write(
            "stream",
            [
                new("taken in by ingress, on four streams", taken, "notes/s"),
                new("relayed, PostgreSQL to Kafka", relayed, "facts/s", floor, 0.7),
                new("bare idempotent producer, acks=all (floor)", floor, "records/s"),
                new("scored, Kafka to Redis", scoredRate, "facts/s"),
                new("scored, for each core of the process", perCore, "facts/s", null, 20_000),
                new("assessments for each fact", assessed, ""),
                new("Redis filled anew from the ledger", rebuild, "facts/s", null, 50_000),
                new("the same, for each core of the process", rebuildPerCore, "facts/s"),
                new(
                    "lists served meanwhile", served.TotalCount, "", null, null, Measured.Milliseconds(served, 50),
                    Measured.Milliseconds(served, 99)),
                new("facts", facts, ""),
            ],
            quick);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Scoring and relay wait for a ledger that is made by who has its keys.</summary>
    public static async Task MakeLedgerAsync(string folder, string[] settings)
    {
        await using var ingress = await ServerProcess.StartGatewayAsync(folder, [.. settings, "--Roles=ingress"]);
    }

    /// <summary>Submits so many generated notes.</summary>
    /// <returns>How many were taken a second.</returns>
    public static async Task<double> FillAsync(string folder, string[] settings, long count)
    {
        var notes = count;
        await using var ingress = await ServerProcess.StartGatewayAsync(folder, settings);
        var headers = await ingress.AsAsync("submitter", "bench");
        using var channel = ingress.Connect();
        var streams = new SubmitStreams(
            new IngressService.IngressServiceClient(channel), headers, new NotePool(20_000, seed: 5), 4);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 1_024).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref count) >= 0)
            {
                await streams.SubmitAsync();
            }
        })));
        var rate = notes / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await streams.CompleteAsync();
        return rate;
    }

    /// <summary>By turns with a bare producer, as the machine is faster at some times than at others.</summary>
    /// <returns>The middle of the rates of each.</returns>
    private static async Task<(double Relay, double Floor)> RelayAsync(
        string brokers, string folder, string[] settings, string database, long facts)
    {
        await using var relay = await ServerProcess.StartGatewayAsync(folder, [.. settings, "--Roles=relay"]);
        using var topic = new TopicLength(brokers, "relayed", Partitions);
        await UntilAsync(() => Task.FromResult(topic.Now >= facts));
        using var floor = await ProducerFloor.OpenAsync(brokers, "relayed", Partitions);
        var (relayed, bare) = (new double[RelayTurns], new double[RelayTurns]);
        for (var turn = 0; turn < RelayTurns; turn++)
        {
            var before = topic.Now;
            await SqlAsync(database, FromTheStart);
            relayed[turn] = (await RateAsync(facts, () => Task.FromResult(topic.Now - before))).Rate;
            await UntilAsync(() => Task.FromResult(topic.Now >= before + facts));
            bare[turn] = floor.Send();
        }

        return (relayed.Order().ElementAt(RelayTurns / 2), bare.Order().ElementAt(RelayTurns / 2));
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

            await Task.Delay(Look, TimeProvider.System);
        }
    }

    /// <summary>Empties Redis and waits until all is there again, while an inspector asks for lists.</summary>
    private static async Task<(double Rate, double PerCore, LongConcurrentHistogram Served)> RebuildAsync(
        ServerProcess scoring, ServerProcess inspection, RedisNode redis, long facts)
    {
        var headers = await inspection.AsAsync("inspector", "ilt");
        using var channel = inspection.Connect();
        var client = new InspectionService.InspectionServiceClient(channel);
        var area = (await client.ListAreasAsync(new(), headers)).Areas[0].Area_;
        var served = Measured.NewHistogram();
        using var stopping = new CancellationTokenSource();
        var serving = Task.Run(async () =>
        {
            while (!stopping.IsCancellationRequested)
            {
                var asked = Stopwatch.GetTimestamp();
                await client.ListRankedVehiclesAsync(new() { Area = area, PageSize = 50 }, headers);
                served.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(asked).Ticks));
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        });
        await FlushAsync(redis);
        var started = Stopwatch.GetTimestamp();
        var used = scoring.ProcessorTime;
        await RebuiltAsync(scoring);
        var rate = facts / Stopwatch.GetElapsedTime(started).TotalSeconds;
        var perCore = facts / (scoring.ProcessorTime - used).TotalSeconds;
        await stopping.CancelAsync();
        await serving;
        return (rate, perCore, served);
    }

    private static Task RebuiltAsync(ServerProcess scoring)
    {
        var lost = false;
        return UntilAsync(async () =>
        {
            var share = Sum(await scoring.MetricsAsync(), "ecmr_scoring_rebuilt");
            lost |= share < 1;
            return lost && share >= 1;
        });
    }

    private static Task ScoredAllAsync(ServerProcess scoring, long facts) =>
        UntilAsync(async () => Sum(await scoring.MetricsAsync(), Scored) >= facts);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException($"Not done within {Limit.TotalMinutes} minutes.");
            }

            await Task.Delay(Look, TimeProvider.System);
        }
    }

    /// <summary>A metric over all its tags.</summary>
    public static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));

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
