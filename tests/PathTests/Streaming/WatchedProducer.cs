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
        if (targetMethod!.Name != nameof(IProducer<,>.Produce) || args![0] is not TopicPartition partition)
        {
            return targetMethod.Invoke(_client, args);
        }

        var delivery = _delivering(
            Interlocked.Increment(ref _messages), () => DeliverAsync(partition, (Message<byte[], byte[]>)args[1]!));
        if (delivery.IsFaulted)
        {
            delivery.GetAwaiter().GetResult();
        }

        _ = TellAsync(delivery, (Action<DeliveryReport<byte[], byte[]>>)args[2]!);
        return null;
    }

    /// <exception cref="KafkaException">The client did not take it, or it is not on the topic.</exception>
    private async Task<DeliveryResult<byte[], byte[]>> DeliverAsync(
        TopicPartition partition, Message<byte[], byte[]> message)
    {
        var told = new TaskCompletionSource<DeliveryReport<byte[], byte[]>>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        _client.Produce(partition, message, told.SetResult);
        var report = await told.Task;
        return report.Error.IsError ? throw new ProduceException<byte[], byte[]>(report.Error, report) : report;
    }

    private static async Task TellAsync(
        Task<DeliveryResult<byte[], byte[]>> delivery, Action<DeliveryReport<byte[], byte[]>> tell)
    {
        try
        {
            var result = await delivery;
            tell(new() { Error = new(ErrorCode.NoError), Status = result.Status });
        }
        catch (KafkaException failure)
        {
            tell(new() { Error = failure.Error, Status = PersistenceStatus.NotPersisted });
        }
    }
}
