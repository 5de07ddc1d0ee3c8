using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Streamiz.Kafka.Net;
using Streamiz.Kafka.Net.Stream;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>A topology that runs, with its state in a folder of its own.</summary>
/// <remarks>
/// A topic of changes is behind the state. By its defaults it has one thread, polls 500 records, and counts a fact
/// again that comes twice. Tuned, it has a thread for each processor, as many records in a poll as made it fastest, a
/// cache before the state that takes changes of a tenth of a second together, and counts a fact once, as the gateway
/// does.
/// </remarks>
internal sealed class StreamizRun : IAsyncDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("ecmr-streamiz-").FullName;
    private readonly KafkaStream _stream;

    private StreamizRun(string brokers, string application, Topology topology, bool tuned)
    {
        var settings = new StreamConfig
        {
            ApplicationId = application,
            BootstrapServers = brokers,
            StateDir = _state,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            QueryWatermarkOffsetsTimeout = TimeSpan.FromSeconds(30),
            Logger = LoggerFactory.Create(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning)),
        };
        if (tuned)
        {
            settings.NumStreamThreads = Environment.ProcessorCount;
            settings.MaxPollRecords = 5_000;
            settings.DefaultCacheEnabled = true;
            settings.Guarantee = ProcessingGuarantee.EXACTLY_ONCE;
        }

        _stream = new(topology, settings);
    }

    /// <param name="application">Names the group and the topics of its own.</param>
    public static async Task<StreamizRun> StartAsync(
        string brokers, string application, Topology topology, bool tuned)
    {
        var run = new StreamizRun(brokers, application, topology, tuned);
        await run._stream.StartAsync();
        return run;
    }

    public ValueTask DisposeAsync()
    {
        _stream.Dispose();
        Directory.Delete(_state, recursive: true);
        return ValueTask.CompletedTask;
    }
}
