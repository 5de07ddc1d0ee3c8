using System.Globalization;
using Ecmr.Ingress.V1;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Engines;

namespace EcmrGateway.Rivals;

/// <summary>A ledger with generated notes, and a topic with all their facts, written by the gateway itself.</summary>
/// <param name="Database">For Npgsql.</param>
/// <param name="Scoring">Settings of a process that scores the topic.</param>
internal sealed record FilledGateway(string Folder, string Database, string[] Scoring, long Facts)
{
    public const string Topic = "scored";

    /// <remarks>
    /// A scoring process is there once while the ledger is empty, so that the next one does not build the profiles from
    /// the ledger but takes all facts from the topic.
    /// </remarks>
    public static async Task<FilledGateway> FillAsync(
        string folder, PostgresServer postgres, KafkaServer kafka, RedisNode redis, TimeSpan duration)
    {
        var database = await postgres.CreateDatabaseAsync();
        string[] settings =
        [
            "--Ledger:Engine=Postgres", $"--Ledger:ConnectionString={database}",
            $"--Ledger:MigrationConnectionString={database}",
            "--HotStore:Engine=Redis", $"--HotStore:ConnectionString={redis.Address}",
            "--Stream:Engine=Kafka", $"--Stream:Kafka:BootstrapServers={kafka.BootstrapServers}",
            "--Stream:Kafka:ReplicationFactor=1", "--Stream:Kafka:MinInSyncReplicas=1",
            $"--Stream:Kafka:Topic={Topic}", "--Stream:Kafka:Group=scored", "--Stream:Kafka:SessionTimeout=00:00:06",
        ];
        string[] scoring = [.. settings, "--Roles=scoring"];
        await using (var first = await ServerProcess.StartGatewayAsync(folder, scoring))
        {
            while (!IsRebuilt(await first.MetricsAsync()))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }

        var facts = await SubmitAsync(folder, [.. settings, "--Roles=ingress"], duration);
        await using (await ServerProcess.StartGatewayAsync(folder, [.. settings, "--Roles=relay"]))
        {
            using var topic = Rivals.Topic.Of(kafka.BootstrapServers, Topic);
            await topic.WaitAsync(facts);
        }

        return new(folder, database, scoring, facts);
    }

    /// <summary>Whether a scoring process has all profiles that the ledger had before, by its metrics.</summary>
    public static bool IsRebuilt(string metrics) => Sum(metrics, "ecmr_scoring_rebuilt") >= 1;

    /// <summary>A metric over all its tags.</summary>
    public static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal))
        .Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));

    private static async Task<long> SubmitAsync(string folder, string[] settings, TimeSpan duration)
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
}
