using System.Globalization;
using Ecmr.Ingress.V1;
using EcmrGateway.Benchmarks.Load;
using EcmrGateway.Engines;

namespace EcmrGateway.Rivals;

/// <summary>A ledger with generated notes, and a process that scores their facts when they come to the topic.</summary>
/// <remarks>
/// The process is there before the notes are: one that found facts in the ledger would take them from there, and not
/// from the topic.
/// </remarks>
/// <param name="Database">For Npgsql.</param>
/// <param name="Relay">Settings of a process that fills the topic.</param>
internal sealed record FilledGateway(
    string Folder, string Database, string[] Relay, ServerProcess Scoring, long Facts) : IAsyncDisposable
{
    public const string Topic = "scored";

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
            $"--Stream:Kafka:Topic={Topic}", "--Stream:Kafka:Group=scored",
        ];
        var scoring = await ServerProcess.StartGatewayAsync(folder, [.. settings, "--Roles=scoring"]);
        var facts = await SubmitAsync(folder, [.. settings, "--Roles=ingress"], duration);
        return new(folder, database, [.. settings, "--Roles=relay"], scoring, facts);
    }

    public ValueTask DisposeAsync() => Scoring.DisposeAsync();

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
