using JasperFx.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Wolverine;
using Wolverine.Kafka;
using Wolverine.Postgresql;
using Wolverine.RDBMS;
using Wolverine.Runtime;

namespace EcmrGateway.Rivals.Relay;

/// <summary>The durable outbox of Wolverine in PostgreSQL, with its Kafka transport.</summary>
/// <remarks>
/// Messages are enlisted in a transaction of one's own, stored in it, and sent after its commit. Many transactions run
/// side by side, each with many messages, so that a commit is shared as in our group commit.
/// </remarks>
internal sealed class WolverineOutbox : IOutbox
{
    private readonly NpgsqlDataSource _source;
    private readonly IHost _host;
    private readonly IWolverineRuntime _runtime;
    private readonly IMessageDatabase _storage;
    private readonly WolverineTuning _tuning;

    private WolverineOutbox(NpgsqlDataSource source, IHost host, WolverineTuning tuning)
    {
        (_source, _host, _tuning) = (source, host, tuning);
        _runtime = host.Services.GetRequiredService<IWolverineRuntime>();
        _storage = (IMessageDatabase)_runtime.Storage;
    }

    public string IdHeader => "id";

    public static async Task<IOutbox> StartAsync(OutboxPlace place, WolverineTuning tuning)
    {
        var source = NpgsqlDataSource.Create(place.Database);
        await BusinessRows.CreateTableAsync(source);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
        builder.UseWolverine(options =>
        {
            options.Discovery.DisableConventionalDiscovery();
            options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
            options.Durability.Mode = DurabilityMode.Solo;
            options.PersistMessagesWithPostgresql(source);
            options.UseKafka(place.Brokers).UseIdempotentProducer();
            options.PublishMessage<FactMessage>().ToKafkaTopic(place.Topic)
                .ExternallyOwned()
                .UseDurableOutbox()
                .TelemetryEnabled(false)
                .MessageBatchSize(tuning.BatchSize)
                .MessageBatchMaxDegreeOfParallelism(tuning.BatchesAtOnce)
                .MessageBatchTimeout(TimeSpan.FromMilliseconds(10));
        });
        var host = builder.Build();
        await host.StartAsync();
        return new WolverineOutbox(source, host, tuning);
    }

    public Task PublishAsync(IReadOnlyList<SampleFact> facts) => Publishers.RunAsync(
        facts, _tuning.Publishers, _tuning.PerTransaction, async batch =>
        {
            await using var connection = await _source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await BusinessRows.InsertAsync(connection, batch.Count);
            var context = new MessageContext(_runtime);
            var envelopes = new EnvelopeBatch(_storage, transaction);
            await context.EnlistInOutboxAsync(envelopes);
            foreach (var fact in batch)
            {
                await context.PublishAsync(new FactMessage(fact.Bytes), new() { PartitionKey = fact.Key });
            }

            await envelopes.StoreAsync();
            await transaction.CommitAsync();
            await context.FlushOutgoingMessagesAsync();
        });

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        await _source.DisposeAsync();
    }
}

/// <param name="BatchSize">Its MessageBatchSize; 100 by default.</param>
/// <param name="BatchesAtOnce">Its MessageBatchMaxDegreeOfParallelism; 1 by default.</param>
internal sealed record WolverineTuning(int Publishers, int PerTransaction, int BatchSize, int BatchesAtOnce);

/// <summary>A fact that writes its own bytes, so that no JSON is made of them.</summary>
public sealed record FactMessage(byte[] Bytes) : ISerializable
{
    public byte[] Write() => Bytes;

    public static object Read(byte[] bytes) => new FactMessage(bytes);
}
