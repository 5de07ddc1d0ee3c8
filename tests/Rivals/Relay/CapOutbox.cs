using DotNetCore.CAP;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
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
    private readonly IHost _host;
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
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddCap(options =>
        {
            options.UsePostgreSql(postgres => postgres.DataSource = _source);
            options.RegisterExtension(new CapKafka(place.Brokers));
            options.EnablePublishParallelSend = tuning.ParallelSend;
        });
        _host = builder.Build();
    }

    public string IdHeader => "cap-msg-id";

    public static async Task<IOutbox> StartAsync(OutboxPlace place, CapTuning tuning)
    {
        var outbox = new CapOutbox(place, tuning);
        await outbox._host.StartAsync();
        while (!outbox._host.Services.GetRequiredService<IBootstrapper>().IsStarted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return outbox;
    }

    public Task PublishAsync(IReadOnlyList<SampleFact> facts) => Publishers.RunAsync(
        facts, _tuning.Publishers, _tuning.PerTransaction, async batch =>
        {
            using var scope = _host.Services.CreateScope();
            var publisher = scope.ServiceProvider.GetRequiredService<ICapPublisher>();
            await using var connection = await _source.OpenConnectionAsync();
            using var transaction = connection.BeginTransaction(publisher);
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
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        await _source.DisposeAsync();
    }
}

/// <param name="ParallelSend">
/// Its EnablePublishParallelSend: one queue with a few sends at once; otherwise each publisher sends after its commit.
/// </param>
internal sealed record CapTuning(int Publishers, int PerTransaction, bool ParallelSend);
