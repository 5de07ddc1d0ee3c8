using System.Diagnostics;
using System.Globalization;
using EcmrGateway.Benchmarks.Report;
using EcmrGateway.Engines;

namespace EcmrGateway.Rivals.Relay;

/// <summary>From commit to topic: the ledger and its relay, beside outboxes of other libraries.</summary>
/// <remarks>
/// <para>
/// One after the other, each with a database and a topic of its own, round by round; the middle round counts, and none
/// of the first, in which engines and clients are cold. Rate: facts by the time from the first transaction to the last
/// record on the topic. Then the topic is read, and every fact must be there.
/// </para>
/// <para>Tuned by trial on two cores: other numbers of publishers and batches were slower, or within the noise.</para>
/// </remarks>
internal static class RelayRace
{
    private const string Ours = "ledger and relay";

    private static readonly string Cap = $"DotNetCore.CAP {Versions.Of(typeof(DotNetCore.CAP.CapOptions))}";
    private static readonly string Wolverine = $"WolverineFx {Versions.Of(typeof(Wolverine.WolverineOptions))}";

    /// <summary>As the libraries' guides have it, and as each note of ours is: by itself committed and acknowledged.
    /// </summary>
    private static readonly string WolverineSingly = $"{Wolverine}, singly";

    private static readonly string CapSingly = $"{Cap}, singly";

    private static readonly Dictionary<string, Func<OutboxPlace, Task<IOutbox>>> Contenders = new()
    {
        [Ours] = LedgerOutbox.StartAsync,
        [Wolverine] = place => WolverineOutbox.StartAsync(place, new(8, 500, 1_000, 8)),
        [WolverineSingly] = place => WolverineOutbox.StartAsync(place, new(64, 1, 1_000, 8)),
        [Cap] = place => CapOutbox.StartAsync(place, new(64, 100, ParallelSend: false)),
        [CapSingly] = place => CapOutbox.StartAsync(place, new(64, 1, ParallelSend: false)),
    };

    public static async Task RunAsync(
        PostgresServer postgres, KafkaServer kafka, IReadOnlyList<SampleFact> facts, bool quick)
    {
        var rates = Contenders.Keys.ToDictionary(name => name, _ => new List<double>());
        for (var round = 0; round <= (quick ? 1 : 3); round++)
        {
            var number = 0;
            foreach (var (name, start) in Contenders)
            {
                using var topic = await Topic.CreateAsync(kafka.BootstrapServers, $"race-{round}-{number++}");
                var (rate, committed) = await MeasureAsync(
                    start, new(await postgres.CreateDatabaseAsync(), kafka.BootstrapServers, topic.Name), topic, facts);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round}: {name}: {rate:N0} facts/s on the topic, {committed:N0} committed"));
                if (round > 0)
                {
                    rates[name].Add(rate);
                }
            }
        }

        var middle = rates.ToDictionary(rate => rate.Key, rate => rate.Value.Order().ElementAt(rate.Value.Count / 2));
        FigureReport.Write(
            "rivals-relay",
            [
                new("beside CAP, 100 in a transaction", middle[Ours], "facts/s", middle[Cap], 10),
                new("beside CAP, singly", middle[Ours], "facts/s", middle[CapSingly], 10),
                new("beside Wolverine, 500 in a transaction", middle[Ours], "facts/s", middle[Wolverine], 3),
                new("beside Wolverine, singly", middle[Ours], "facts/s", middle[WolverineSingly], 3),
                .. Contenders.Keys.Where(name => name != Ours)
                    .Select(name => new Figure(name, middle[name], "facts/s")),
                new("facts", facts.Count, ""),
                new("mean size of a fact", facts.Average(fact => fact.Bytes.Length), "bytes"),
            ],
            quick, "rival");
    }

    private static async Task<(double OnTopic, double Committed)> MeasureAsync(
        Func<OutboxPlace, Task<IOutbox>> start, OutboxPlace place, Topic topic, IReadOnlyList<SampleFact> facts)
    {
        await using var outbox = await start(place);

        // Connections are made before.
        var first = facts.Take(facts.Count / 10).ToArray();
        await outbox.PublishAsync(first);
        await topic.WaitAsync(first.Length);

        var started = Stopwatch.GetTimestamp();
        await outbox.PublishAsync(facts);
        var committed = facts.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await topic.WaitAsync(first.Length + facts.Count);
        var onTopic = facts.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;

        var distinct = await topic.DistinctAsync(outbox.IdHeader);
        return distinct == first.Length + facts.Count
            ? (onTopic, committed)
            : throw new InvalidOperationException(
                $"{topic.Name} has {distinct} messages of {first.Length + facts.Count}.");
    }
}
