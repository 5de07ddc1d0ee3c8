using System.Globalization;
using System.Security.Cryptography;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Rivals.Relay;

/// <summary>Ours: the ledger and its relay, in this process as the rivals are.</summary>
/// <remarks>
/// It does more than they do: beside note and fact it keeps subjects, ids and the Merkle tree, and makes a receipt.
/// What it publishes is in the order of each carrier.
/// </remarks>
internal sealed class LedgerOutbox : IOutbox
{
    private const int InFlight = 4_096;

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-rivals-").FullName;
    private readonly IHost _host;
    private int _number;

    private LedgerOutbox(OutboxPlace place)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ledger:Engine"] = LedgerOptions.Postgres,
            ["Ledger:Folder"] = _folder,
            ["Ledger:ConnectionString"] = place.Database,
            ["Ledger:MigrationConnectionString"] = place.Database,
            ["Ledger:QueueLengthMax"] = (4 * InFlight).ToString(CultureInfo.InvariantCulture),
            ["Stream:Engine"] = StreamOptions.KafkaEngine,
            ["Stream:Kafka:BootstrapServers"] = place.Brokers,
            ["Stream:Kafka:Topic"] = place.Topic,
            ["Stream:Kafka:ReplicationFactor"] = "1",
            ["Stream:Kafka:MinInSyncReplicas"] = "1",
        });
        builder.Services.AddLogging(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddMetrics();
        builder.Services.AddNoteLedger();
        builder.Services.AddFactRelay(builder.Configuration);
        _host = builder.Build();
    }

    public string IdHeader => "ce_id";

    public static async Task<IOutbox> StartAsync(OutboxPlace place)
    {
        var outbox = new LedgerOutbox(place);
        await outbox._host.StartAsync();
        return outbox;
    }

    public async Task PublishAsync(IReadOnlyList<SampleFact> facts)
    {
        var ledger = _host.Services.GetRequiredService<INoteLedger>();
        await Publishers.RunAsync(facts, InFlight, perTransaction: 1, async one =>
        {
            var result = await ledger.AppendAsync(Draft(one[0]), CancellationToken.None);
            if (result.Status != AppendStatus.Appended)
            {
                throw new InvalidOperationException($"An append was answered {result.Status}.");
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private EntryDraft Draft(SampleFact fact)
    {
        var id = Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture);
        var received = TimeProvider.System.GetUtcNow();
        return new()
        {
            Kind = EntryKind.Note,
            Party = "NL1",
            Id = id,
            RequestId = id,
            Payload = BusinessRows.Payload,
            ContentSha256 = SHA256.HashData(fact.Bytes),
            ReceivedTime = received,
            Fact = fact.Bytes,
            OrderKey = fact.Carrier,
            Subjects =
            [
                new(SubjectKind.Vehicle, fact.Vehicle, received),
                new(SubjectKind.Consignor, fact.Consignor, received),
            ],
        };
    }
}
