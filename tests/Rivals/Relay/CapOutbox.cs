using DotNetCore.CAP;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EcmrGateway.Rivals.Relay;

/// <summary>The outbox of DotNetCore.CAP in PostgreSQL.</summary>
/// <remarks>
/// A transaction of its own way: begun with the publisher, messages published in it, committed, and sent after that.
/// Many transactions run side by side, each with many messages, so that a commit is shared as in our group commit.
/// </remarks>
internal sealed class CapOutbox : IOutbox
{
    private readonly NpgsqlDataSource _source;
    private readonly ServiceProvider _services;
    private readonly string _topic;
    private readonly CapTuning _tuning;

    private CapOutbox(OutboxPlace place, CapTuning tuning)
    {
        (_topic, _tuning) = (place.Topic, tuning);
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(place.Database)
        {
            MaxPoolSize = 150,
            MaxAutoPrepare = 20,
        });
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
        services.AddCap(options =>
        {
            options.UsePostgreSql(postgres => postgres.DataSource = _source);
            options.RegisterExtension(new CapKafka(place.Brokers));
            options.EnablePublishParallelSend = tuning.ParallelSend;
        });
        _services = services.BuildServiceProvider();
    }

    public string IdHeader => "cap-msg-id";

    public static async Task<IOutbox> StartAsync(OutboxPlace place, CapTuning tuning)
    {
        var outbox = new CapOutbox(place, tuning);
        await BusinessRows.CreateTableAsync(outbox._source);

        // The start of the host would go on before the tables are made.
        await outbox._services.GetRequiredService<IBootstrapper>().BootstrapAsync();
        return outbox;
    }

    public Task PublishAsync(IReadOnlyList<SampleFact> facts) => Publishers.RunAsync(
        facts, _tuning.Publishers, _tuning.PerTransaction, async batch =>
        {
            using var scope = _services.CreateScope();
            var publisher = scope.ServiceProvider.GetRequiredService<ICapPublisher>();
            await using var connection = await _source.OpenConnectionAsync();
            using var transaction = connection.BeginTransaction(publisher);
            await BusinessRows.InsertAsync(connection, batch.Count);
            foreach (var fact in batch)
            {
                await publisher.PublishAsync(_topic, fact.Bytes, new Dictionary<string, string?>
                {
                    [CapKafka.KeyHeader] = fact.Key,
                });
            }

            await transaction.CommitAsync();
        });

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _source.DisposeAsync();
    }
}

/// <param name="ParallelSend">
/// Its EnablePublishParallelSend: one queue with a few sends at once; otherwise each publisher sends after its commit.
/// </param>
internal sealed record CapTuning(int Publishers, int PerTransaction, bool ParallelSend);
