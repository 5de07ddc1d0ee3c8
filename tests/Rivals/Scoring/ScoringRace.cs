using System.Globalization;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Benchmarks.Report;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>Facts of one topic: scored by the gateway, and aggregated by a Streamiz topology.</summary>
/// <remarks>One after the other; both find the topic full, with what it holds from the beginning.</remarks>
internal static class ScoringRace
{
    private const string Counter = "ecmr_scoring_facts_total{";

    private static readonly string Streamiz =
        $"Streamiz.Kafka.Net {Versions.Of(typeof(Streamiz.Kafka.Net.StreamBuilder))}";

    public static async Task RunAsync(FilledGateway filled, string brokers, bool quick)
    {
        var ours = await ScoredAsync(filled);
        Console.WriteLine($"scoring process {ours:N0} facts/s");
        var rival = await AggregatedAsync(filled, brokers);
        FigureReport.Write(
            "rivals-scoring",
            [
                new("scored, Kafka to Redis, beside Streamiz", ours, "facts/s", rival, 3),
                new(Streamiz, rival, "facts/s"),
                new("facts", filled.Facts, ""),
            ],
            quick, "rival");
    }

    private static async Task<double> ScoredAsync(FilledGateway filled)
    {
        await using var scoring = await ServerProcess.StartGatewayAsync(filled.Folder, filled.Scoring);
        return await GrowingCount.RateAsync(filled.Facts, async () => (long)Sum(await scoring.MetricsAsync()));
    }

    private static async Task<double> AggregatedAsync(FilledGateway filled, string brokers)
    {
        await using var topology = await CarrierTopology.StartAsync(brokers, FilledGateway.Topic);
        return await GrowingCount.RateAsync(filled.Facts, () => Task.FromResult(topology.Aggregated));
    }

    private static double Sum(string metrics) => metrics.Split('\n')
        .Where(line => line.StartsWith(Counter, StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
}
