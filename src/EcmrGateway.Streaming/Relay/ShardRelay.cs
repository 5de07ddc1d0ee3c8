using System.Text;
using System.Threading.Channels;
using Confluent.Kafka;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming.Kafka;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Relay;

/// <summary>What the relays of all shards have in common.</summary>
internal sealed record RelayContext(
    StreamOptions Options, INoteLedger Ledger, IRelayLeases Leases, RelayProducer Producer, StreamTelemetry Telemetry,
    TimeProvider Time, ILogger Logger);

/// <summary>Brings the facts of one leased shard to the topic, in the order of the ledger.</summary>
/// <remarks>
/// Three loops, each handing on to the next:
/// 1. send: reads facts and gives them to the producer, so many ahead of the broker's answers;
/// 2. acknowledge: takes the answers in the order of sending, so that what is acknowledged has no gap;
/// 3. advance: notes in the ledger how far it is.
/// When the producer fails, all three begin again after the last acknowledged fact. So every series of records that
/// one producer writes follows on facts that are on the topic already: a record may come twice, but never before a fact
/// that precedes it has come once. This holds for two relays that both believe to own the shard, too.
/// </remarks>
internal sealed partial class ShardRelay
{
    /// <summary>How often a relay whose lease is about to end looks whether it was renewed.</summary>
    private static readonly TimeSpan LeasePoll = TimeSpan.FromMilliseconds(50);

    /// <summary>How often one that the producer's queue has no place for tries again.</summary>
    private static readonly TimeSpan QueuePoll = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// A partition may forget a producer that was quiet for long (after a day, as brokers are set up by default).
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    /// <summary>Suppressing alone would go on on the pool: see <see cref="Aside"/>.</summary>
    private const ConfigureAwaitOptions Quietly =
        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    private readonly RelayContext _context;
    private readonly RelayLease _lease;
    private readonly RelayOptions _options;
    private readonly TopicPartition _partition;
    private readonly byte[] _source;
    private readonly CancellationTokenSource _stop;
    private long _sendUntil;
    private long _acknowledged;

    /// <summary>Timestamp of the last message of this session; 0: none.</summary>
    private long _sent;

    private ShardRelay(RelayContext context, RelayLease lease, long sendUntil, CancellationToken stopping)
    {
        _context = context;
        _lease = lease;
        _options = context.Options.Relay;
        _partition = new(context.Options.Kafka.Topic, lease.Shard % context.Options.Kafka.Partitions);
        _source = Encoding.UTF8.GetBytes(_options.Source);
        _sendUntil = sendUntil;
        _acknowledged = lease.Relayed;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    }

    public int Shard => _lease.Shard;

    public long Term => _lease.Term;

    /// <summary>Index up to which the broker has acknowledged the shard's facts.</summary>
    public long Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Ends when the shard is given up. Never fails for what a relay must expect.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <param name="sendUntil">Timestamp of the monotonic clock after which nothing is sent.</param>
    public static ShardRelay Start(
        RelayContext context, RelayLease lease, long sendUntil, CancellationToken stopping)
    {
        var relay = new ShardRelay(context, lease, sendUntil, stopping);
        relay.Completion = Aside.RunAsync(relay.RunAsync);
        return relay;
    }

    public void Extend(long sendUntil) => Volatile.Write(ref _sendUntil, sendUntil);

    /// <summary>Sends nothing more, and waits a moment for what is on its way.</summary>
    public async Task StopAsync()
    {
        await Aside.RunAsync(_stop.Cancel);
        await Completion;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await RunSessionAsync(await _context.Producer.OpenAsync(_stop.Token));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped, or the shard is another's now.
        }
    }

    /// <summary>Works until the producer fails, or the shard is given up.</summary>
    private async Task RunSessionAsync(RelaySession session)
    {
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(session.Failed, _stop.Token);

        // What is on its way when the relay is stopped gets a moment to arrive, so that it is not sent again.
        using var moment = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _context.Time);
        using var stopped = _stop.Token.Register(() => moment.CancelAfter(_options.DeliveryTimeout));
        using var acknowledging = CancellationTokenSource.CreateLinkedTokenSource(session.Failed, moment.Token);

        var sent = Channel.CreateBounded<SentFact>(
            new BoundedChannelOptions(_options.InFlightMax) { SingleReader = true, SingleWriter = true });
        var places = Channel.CreateBounded<long>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        Task[] loops =
        [
            WatchAsync(session, SendAsync(session, sent.Writer, sending.Token)),
            WatchAsync(session, AcknowledgeAsync(session, sent.Reader, places.Writer, acknowledging.Token)),
            WatchAsync(session, AdvanceAsync(places.Reader, moment.Token)),
        ];
        await Task.WhenAll(loops);
    }

    /// <summary>A fault that nothing expects must not leave the other loops waiting for this one.</summary>
    private static async Task WatchAsync(RelaySession session, Task loop)
    {
        try
        {
            await loop;
        }
        finally
        {
            if (loop.IsFaulted)
            {
                session.Fail("a loop of the relay failed");
            }
        }
    }

    private async Task SendAsync(RelaySession session, ChannelWriter<SentFact> sent, CancellationToken cancellation)
    {
        var backoff = new Backoff(_options.RetryWaitMax, _context.Time);
        var read = Acknowledged;
        _sent = 0;
        try
        {
            while (true)
            {
                // The head is taken first: what is committed during the read makes the wait below end at once.
                var head = _context.Ledger.Head;
                if (read >= head[Shard])
                {
                    await _context.Ledger.WaitPastAsync(head, cancellation);
                    continue;
                }

                if (await ReadAsync(read, backoff, cancellation) is not { } facts)
                {
                    continue;
                }

                foreach (var fact in facts)
                {
                    await SendAsync(session, fact, sent, cancellation);
                }

                // Entries without facts are passed over.
                read = facts.Count > 0 ? facts[^1].Position.Index : head[Shard];
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Told to stop, or the producer failed; what was sent is seen to by the loop of acknowledgements.
        }
        finally
        {
            sent.Complete();
        }
    }

    /// <returns>Null: the ledger cannot be read now.</returns>
    private async Task<IReadOnlyList<RecordedFact>?> ReadAsync(
        long after, Backoff backoff, CancellationToken cancellation)
    {
        try
        {
            var facts = await _context.Ledger.ReadFactsAsync(Shard, after, _options.ReadLengthMax, cancellation);
            backoff.Reset();
            return facts;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Each engine has errors of its own; without another try the shard would stand still until a restart.
            LogLedger(_context.Logger, Shard, failure);
            await backoff.WaitAsync(cancellation);
            return null;
        }
    }

    private async Task SendAsync(
        RelaySession session, RecordedFact fact, ChannelWriter<SentFact> sent, CancellationToken cancellation)
    {
        var message = FactRecord.Of(fact, _source, byReference: IsTooLarge(fact));
        SentFact? next = null;
        while (next is null)
        {
            long now;
            while ((now = _context.Time.GetTimestamp()) >= Volatile.Read(ref _sendUntil))
            {
                await Task.Delay(LeasePoll, _context.Time, cancellation);
            }

            cancellation.ThrowIfCancellationRequested();
            next = TrySend(session, new(fact, now), ref message);
            if (next is null)
            {
                await Task.Delay(QueuePoll, _context.Time, cancellation);
            }
        }

        next.IsAlone =
            _sent == 0 || _context.Time.GetElapsedTime(_sent, next.Timestamp) > Quiet || TakesAlone();
        _sent = next.Timestamp;
        await sent.WriteAsync(next, cancellation);
        if (next.IsAlone)
        {
            // The first fact makes the producer known to the partition. A partition that does not know it takes any
            // request as its first: were the first one refused for a moment, the second would leave a gap. And while
            // the broker is away no more than this one is held, which the client never frees when it is given up.
            await next.AnsweredAsync().WaitAsync(cancellation);
        }
    }

    /// <returns>Null: there is no place in the queue, or the producer failed.</returns>
    private SentFact? TrySend(RelaySession session, SentFact next, ref Message<byte[], byte[]> message)
    {
        try
        {
            // What the client refuses by itself it did not take, and the next message must not be sent before this one:
            // it would be taken.
            session.Send(_partition, message, next);
            return next;
        }
        catch (KafkaException failure) when (failure.Error.Code == ErrorCode.Local_QueueFull)
        {
            return null;
        }
        catch (KafkaException failure)
            when (failure.Error.Code == ErrorCode.MsgSizeTooLarge && message.Value is not null)
        {
            TooLarge(next.Fact);
            message = FactRecord.Of(next.Fact, _source, byReference: true);
            return null;
        }
        catch (KafkaException failure)
        {
            session.Fail(failure.Error.Reason);
            return null;
        }
        catch (ObjectDisposedException)
        {
            // Another shard saw the failure first.
            session.Fail("closed");
            return null;
        }
    }
}
