using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Streamiz.Kafka.Net;
using Streamiz.Kafka.Net.Stream;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>A topology that runs, with its state in a folder of its own.</summary>
/// <remarks>
/// Exactly once, since a fact that comes twice changes nothing at the gateway either. State is in memory, with a cache
/// before it and a topic of changes behind it, as the library has it by itself; one thread for each processor, and as
/// many records in a poll as made it fastest.
/// </remarks>
internal sealed class StreamizRun : IAsyncDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("ecmr-streamiz-").FullName;
    private readonly KafkaStream _stream;

    private StreamizRun(string brokers, string application, Topology topology) => _stream = new(
        topology,
        new StreamConfig
        {
            ApplicationId = application,
            BootstrapServers = brokers,
            StateDir = _state,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            NumStreamThreads = Environment.ProcessorCount,
            MaxPollRecords = 5_000,
            DefaultCacheEnabled = true,
            Guarantee = ProcessingGuarantee.EXACTLY_ONCE,
            QueryWatermarkOffsetsTimeout = TimeSpan.FromSeconds(30),
            Logger = LoggerFactory.Create(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Warning)),
        });

    /// <param name="application">Names the group and the topics of its own.</param>
    public static async Task<StreamizRun> StartAsync(string brokers, string application, Topology topology)
    {
        var run = new StreamizRun(brokers, application, topology);
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
