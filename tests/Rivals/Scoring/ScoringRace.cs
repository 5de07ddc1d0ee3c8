using EcmrGateway.Benchmarks.Engines;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using EcmrGateway.Engines;
using Streamiz.Kafka.Net;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>Facts of one topic: scored by the gateway, and aggregated by topologies of Streamiz.</summary>
/// <remarks>
/// One after the other. Scoring reads while the relay fills the topic, and shares the processors with it; a topology
/// finds it full. The first topology keeps what scoring keeps, grouped as scoring groups it, in its own memory or in
/// files of its own. The second does the least that it can, grouped by the key of records, in its own memory. Nobody
/// else can read what they keep; scoring keeps it in Redis, whose processor time for a fact is a bound to how many
/// facts one Redis can take.
/// </remarks>
internal static class ScoringRace
{
    private const string Counter = "ecmr_scoring_facts_total";

    private static readonly string Streamiz = $"Streamiz.Kafka.Net {Versions.Of(typeof(StreamBuilder))}";

    public static async Task RunAsync(FilledGateway filled, string brokers, RedisNode redis, bool quick)
    {
        var (ours, redisTime) = await ScoredAsync(filled, redis);
        await filled.DisposeAsync();
        var byVehicle = await AggregatedAsync(
            filled, brokers, "rivals-by-vehicle", new VehicleTopology(onDisk: false), tuned: false);
        var byVehicleTuned = await AggregatedAsync(
            filled, brokers, "rivals-by-vehicle", new VehicleTopology(onDisk: false), tuned: true);
        var onDisk = await AggregatedAsync(
            filled, brokers, "rivals-on-disk", new VehicleTopology(onDisk: true), tuned: false);
        var onDiskTuned = await AggregatedAsync(
            filled, brokers, "rivals-on-disk", new VehicleTopology(onDisk: true), tuned: true);
        var byKey = await AggregatedAsync(
            filled, brokers, "rivals-by-key", new CarrierTopology(), tuned: false);
        var byKeyTuned = await AggregatedAsync(
            filled, brokers, "rivals-by-key", new CarrierTopology(), tuned: true);
        var alone = AggregateAlone.Rate(await SampleFact.ReadAsync(filled.Database, (int)filled.Facts));
        FigureReport.Write(
            "rivals-scoring",
            [
                new("scored, beside profiles of vehicles", ours, "facts/s", byVehicle, 3),
                new("the same, tuned", ours, "facts/s", byVehicleTuned, 3),
                new("scored, beside profiles that outlive the process", ours, "facts/s", onDisk, 3),
                new("the same, tuned", ours, "facts/s", onDiskTuned, 3),
                new("scored, beside notes of carriers", ours, "facts/s", byKey, 3),
                new("the same, tuned", ours, "facts/s", byKeyTuned, 3),
                new("processor time of Redis for a fact", redisTime.TotalMicroseconds, "us"),
                new("most that one Redis can take at that", TimeSpan.FromSeconds(1) / redisTime, "facts/s"),
                new("profiles of vehicles from memory into memory", alone, "facts/s"),
                new($"{Streamiz}, vehicles", byVehicle, "facts/s"),
                new($"{Streamiz}, vehicles, tuned", byVehicleTuned, "facts/s"),
                new($"{Streamiz}, vehicles, on disk", onDisk, "facts/s"),
                new($"{Streamiz}, vehicles, on disk, tuned", onDiskTuned, "facts/s"),
                new($"{Streamiz}, carriers", byKey, "facts/s"),
                new($"{Streamiz}, carriers, tuned", byKeyTuned, "facts/s"),
                new("facts", filled.Facts, ""),
            ],
            quick, "rival");
    }

    private static async Task<(double Rate, TimeSpan RedisTime)> ScoredAsync(FilledGateway filled, RedisNode redis)
    {
        var used = redis.ProcessorTime;
        await using var relay = await ServerProcess.StartGatewayAsync(filled.Folder, filled.Relay);
        var rate = await GrowingCount.RateAsync(
            filled.Facts, async () => (long)StreamBench.Sum(await filled.Scoring.MetricsAsync(), Counter));
        return (rate, (redis.ProcessorTime - used) / filled.Facts);
    }

    private static async Task<double> AggregatedAsync(
        FilledGateway filled, string brokers, string application, ICountedTopology counted, bool tuned)
    {
        await using var run = await StreamizRun.StartAsync(
            brokers, tuned ? $"{application}-tuned" : application, counted.Build(FilledGateway.Topic), tuned);
        return await GrowingCount.RateAsync(filled.Facts, () => Task.FromResult(counted.Aggregated));
    }
}
