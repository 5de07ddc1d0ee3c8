using EcmrGateway.Benchmarks.Engines;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;
using Streamiz.Kafka.Net;
using Streamiz.Kafka.Net.Stream;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>Facts of one topic: scored by the gateway, and aggregated by topologies of Streamiz.</summary>
/// <remarks>
/// One after the other. Scoring reads while the relay fills the topic, and shares the processors with it; a topology
/// finds it full. The first topology keeps what scoring keeps, grouped as scoring groups it. The second does the least
/// that it can, grouped by the key of records.
/// </remarks>
internal static class ScoringRace
{
    private const string Counter = "ecmr_scoring_facts_total";

    private static readonly string Streamiz = $"Streamiz.Kafka.Net {Versions.Of(typeof(StreamBuilder))}";

    public static async Task RunAsync(FilledGateway filled, string brokers, bool quick)
    {
        var ours = await ScoredAsync(filled);
        await filled.DisposeAsync();
        var vehicles = new VehicleTopology();
        var byVehicle = await AggregatedAsync(
            filled, brokers, "rivals-by-vehicle", vehicles.Build(FilledGateway.Topic), () => vehicles.Aggregated);
        var carriers = new CarrierTopology();
        var byKey = await AggregatedAsync(
            filled, brokers, "rivals-by-key", carriers.Build(FilledGateway.Topic), () => carriers.Aggregated);
        FigureReport.Write(
            "rivals-scoring",
            [
                new("scored, beside profiles of vehicles", ours, "facts/s", byVehicle, 3),
                new("scored, beside notes of carriers", ours, "facts/s", byKey, 3),
                new($"{Streamiz}, vehicles", byVehicle, "facts/s"),
                new($"{Streamiz}, carriers", byKey, "facts/s"),
                new("facts", filled.Facts, ""),
            ],
            quick, "rival");
    }

    private static async Task<double> ScoredAsync(FilledGateway filled)
    {
        await using var relay = await ServerProcess.StartGatewayAsync(filled.Folder, filled.Relay);
        return await GrowingCount.RateAsync(
            filled.Facts, async () => (long)StreamBench.Sum(await filled.Scoring.MetricsAsync(), Counter));
    }

    private static async Task<double> AggregatedAsync(
        FilledGateway filled, string brokers, string application, Topology topology, Func<long> aggregated)
    {
        await using var run = await StreamizRun.StartAsync(brokers, application, topology);
        return await GrowingCount.RateAsync(filled.Facts, () => Task.FromResult(aggregated()));
    }
}
