using Confluent.Kafka;

namespace EcmrGateway.Streaming.Relay;

/// <summary>One producer, from its making to its first failure. What it writes to a partition is one series.</summary>
internal sealed class RelaySession : IAsyncDisposable
{
    /// <summary>So long a client that failed may still tell what became of single records.</summary>
    public static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _failed = new();
    private IProducer<byte[], byte[]>? _producer;
    private string? _failure;
    private volatile bool _acknowledged;

    /// <summary>Cancelled when the producer may not be used any more.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>Why; null: it has not failed.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Whether it has brought any fact to the broker.</summary>
    public bool HasAcknowledged => _acknowledged;

    public void Use(IProducer<byte[], byte[]> producer) => _producer = producer;

    /// <summary>Hands a fact to the client, which answers it when the broker has answered.</summary>
    /// <exception cref="ProduceException{TKey,TValue}">The client did not take the message.</exception>
    /// <exception cref="ObjectDisposedException">The session has failed.</exception>
    public void Send(TopicPartition partition, Message<byte[], byte[]> message, SentFact fact) =>
        _producer!.Produce(partition, message, fact.Answer);

    public void Acknowledged() => _acknowledged = true;

    /// <summary>Ends the session for all shards; the first reason counts.</summary>
    public void Fail(string reason)
    {
        if (Interlocked.CompareExchange(ref _failure, reason, null) is null)
        {
            // Not in place: it may be the client's own thread, which must not end the client.
            _ = Aside.RunAsync(_failed.Cancel);
        }
    }

    /// <summary>What is in the producer's queue is given up.</summary>
    public async ValueTask DisposeAsync()
    {
        // Ending a client waits for its threads.
        await Aside.RunAsync(() => _producer?.Dispose());

        // The source of the token is left to the collector: the client may tell of a failure until its last moment.
    }
}
