using System.Reflection;
using Confluent.Kafka;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>What becomes of a message: as the client does it, or something else.</summary>
/// <param name="message">Number of the message in its producer, from 1.</param>
/// <param name="deliver">Hands the message to the client.</param>
internal delegate Task<DeliveryResult<byte[], byte[]>> Delivering(
    int message, Func<Task<DeliveryResult<byte[], byte[]>>> deliver);

/// <summary>A producer whose deliveries a test decides on.</summary>
public class WatchedProducer : DispatchProxy
{
    private IProducer<byte[], byte[]> _client = null!;
    private Delivering _delivering = null!;
    private int _messages;

    internal static IProducer<byte[], byte[]> Around(IProducer<byte[], byte[]> client, Delivering delivering)
    {
        var proxy = Create<IProducer<byte[], byte[]>, WatchedProducer>();
        var watched = (WatchedProducer)(object)proxy;
        watched._client = client;
        watched._delivering = delivering;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name != nameof(IProducer<,>.ProduceAsync) || args![0] is not TopicPartition)
        {
            return targetMethod.Invoke(_client, args);
        }

        return _delivering(
            Interlocked.Increment(ref _messages),
            () => _client.ProduceAsync((TopicPartition)args[0]!, (Message<byte[], byte[]>)args[1]!));
    }
}
