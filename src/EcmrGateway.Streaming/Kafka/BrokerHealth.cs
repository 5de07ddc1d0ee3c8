using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>How the brokers of the topic were found.</summary>
public enum BrokerState
{
    /// <summary>They answer, and every partition has a leader.</summary>
    Serving = 0,

    /// <summary>None answers.</summary>
    Away = 1,

    /// <summary>They answer, and the topic is not there.</summary>
    NoTopic = 2,

    /// <summary>They answer, and a partition has no leader: its facts wait.</summary>
    NoLeader = 3,
}

/// <summary>Asks the brokers whether they serve the topic: one small request, at most every few seconds.</summary>
/// <remarks>
/// With a client of its own, so that it tells of the brokers and not of a producer or a consumer that waits for
/// something. The client calls itself back from one thread; asking blocks a thread for as long as the limit.
/// </remarks>
public sealed class BrokerHealth(IOptions<StreamOptions> options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Longest wait for an answer: brokers that take longer are no use to a relay either.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>An answer counts for so long, so that many who ask make one request.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _turn = new(1);
    private IAdminClient? _client;
    private BrokerState _state;
    private long _asked;

    public async Task<BrokerState> AskAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_asked == 0 || time.GetElapsedTime(_asked) > KeptFor)
            {
                _state = await Task.Run(Ask, CancellationToken.None);
                _asked = time.GetTimestamp();
            }

            return _state;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <remarks>Waits for a request that is on its way: the client must not go from under it.</remarks>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        _client?.Dispose();
        _turn.Dispose();
    }

    private BrokerState Ask()
    {
        try
        {
            _client ??= Build();
            var topic = _client.GetMetadata(options.Value.Kafka.Topic, Limit).Topics[0];
            return topic.Error.Code == ErrorCode.UnknownTopicOrPart ? BrokerState.NoTopic
                : topic.Error.IsError || topic.Partitions.Any(partition => partition.Leader < 0) ? BrokerState.NoLeader
                : BrokerState.Serving;
        }
        catch (KafkaException)
        {
            return BrokerState.Away;
        }
    }

    private IAdminClient Build()
    {
        var config = KafkaSettings.Admin(options.Value.Kafka);

        // To ask for a topic must not make it, and brokers that are back are to be seen soon.
        config.AllowAutoCreateTopics = false;
        config.ReconnectBackoffMaxMs = 2_000;
        return new AdminClientBuilder(config)
            .SetLogHandler((_, _) => { })
            .SetErrorHandler((client, error) => ClientErrors.Renew(client, error, options.Value.Kafka))
            .Build();
    }
}
