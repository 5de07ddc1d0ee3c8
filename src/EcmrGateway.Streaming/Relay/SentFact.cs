using Confluent.Kafka;
using EcmrGateway.Ledger;

namespace EcmrGateway.Streaming.Relay;

/// <summary>A fact on its way to the broker, and the answer when it has come.</summary>
/// <param name="timestamp">Of the monotonic clock, before it was handed to the client.</param>
/// <remarks>
/// A task for each fact would cost more than the rest of what is noted of it. Here only one that is waited for has one;
/// those behind it have been answered by then.
/// </remarks>
internal sealed class SentFact(RecordedFact fact, long timestamp)
{
    private static readonly TaskCompletionSource Answered = new();

    /// <summary>Who waits for the answer; when it has come, <see cref="Answered"/>.</summary>
    private TaskCompletionSource? _waiting;

    static SentFact() => Answered.SetResult();

    public RecordedFact Fact => fact;

    public long Timestamp => timestamp;

    /// <summary>Whether nothing else of the shard could be in the same request.</summary>
    public bool IsAlone { get; set; }

    public bool IsAnswered => Volatile.Read(ref _waiting) == Answered;

    /// <summary>Why the record is not on the topic; null: there is no error. To be read when it is answered.</summary>
    public Error? Error { get; private set; }

    /// <summary>To be read when it is answered.</summary>
    public PersistenceStatus Status { get; private set; }

    /// <summary>What the client told, on a thread of the client.</summary>
    public void Answer(DeliveryReport<byte[], byte[]> report)
    {
        Error = report.Error.IsError ? report.Error : null;
        Status = report.Status;
        Interlocked.Exchange(ref _waiting, Answered)?.TrySetResult();
    }

    /// <returns>Completes when it is answered, and never fails.</returns>
    public Task AnsweredAsync()
    {
        var waiting = new TaskCompletionSource(Aside.Continuations);
        return (Interlocked.CompareExchange(ref _waiting, waiting, null) ?? waiting).Task;
    }
}
