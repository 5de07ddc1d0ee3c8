using EcmrGateway.Benchmarks.Engines;
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
        string folder, PostgresServer postgres, KafkaServer kafka, RedisNode redis, long facts)
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
        await StreamBench.MakeLedgerAsync(folder, settings);
        var scoring = await ServerProcess.StartGatewayAsync(folder, [.. settings, "--Roles=scoring"]);
        await StreamBench.FillAsync(folder, [.. settings, "--Roles=ingress"], facts);
        return new(folder, database, [.. settings, "--Roles=relay"], scoring, facts);
    }

    public ValueTask DisposeAsync() => Scoring.DisposeAsync();
}
