using Confluent.Kafka;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Areas;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Profiles;
using Microsoft.Extensions.Logging;
using Streamiz.Kafka.Net;
using Streamiz.Kafka.Net.SerDes;
using Streamiz.Kafka.Net.Table;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>
/// Facts grouped by the key of their record, which is the carrier, each group's latest notes kept as the gateway keeps
/// those of a consignor, with the same functions and the same bytes, and the points that they make.
/// </summary>
/// <remarks>
/// It does less than the gateway: no vehicle is assessed and nothing is ranked. The key stays as it is, so that nothing
/// is written to a topic in between. State is in memory, with a topic of changes, as the library has it by itself; one
/// thread for each processor.
/// </remarks>
internal sealed class CarrierTopology : IAsyncDisposable
{
    private static readonly RiskModel Model = new(new(), new(), DutchFreightAreas.All);

    private readonly string _state = Directory.CreateTempSubdirectory("ecmr-streamiz-").FullName;
    private readonly KafkaStream _stream;
    private long _aggregated;

    private CarrierTopology(string brokers, string topic)
    {
        var config = new StreamConfig
        {
            ApplicationId = "rivals",
            BootstrapServers = brokers,
            StateDir = _state,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            NumStreamThreads = Environment.ProcessorCount,
            MaxPollRecords = 5_000,
            DefaultCacheEnabled = true,
            Logger = LoggerFactory.Create(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning)),
        };
        var builder = new StreamBuilder();
        builder.Stream<string, TopicFact, StringSerDes, TopicFactSerDes>(topic)
            .GroupByKey()
            .Aggregate(
                () => new HotConsignor(ConsignorProfile.Empty, AssessedPoints: null),
                (_, fact, held) => Fold(fact, held),
                InMemory.As<string, HotConsignor, StringSerDes, RecordSerDes>("carriers"));
        _stream = new(builder.Build(), config);
    }

    /// <summary>Facts that are in their group's record.</summary>
    public long Aggregated => Interlocked.Read(ref _aggregated);

    public static async Task<CarrierTopology> StartAsync(string brokers, string topic)
    {
        var topology = new CarrierTopology(brokers, topic);
        await topology._stream.StartAsync();
        return topology;
    }

    public ValueTask DisposeAsync()
    {
        _stream.Dispose();
        Directory.Delete(_state, recursive: true);
        return ValueTask.CompletedTask;
    }

    private HotConsignor Fold(TopicFact fact, HotConsignor held)
    {
        Interlocked.Increment(ref _aggregated);
        if (fact.Fact.Note is not { } wire)
        {
            return held;
        }

        var note = FactReading.Note(wire, fact.Position);
        var movements = wire.Movements.Select(movement => FactReading.Movement(movement, fact.Position));
        var profile = held.Profile.Fold(Model.Summarise(note, movements));
        return new(profile, Model.ConsignorPoints(profile));
    }
}
