using System.Diagnostics;
using System.Threading.Channels;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>A member of the consumer group: a thread that polls, and batches that it hands over.</summary>
/// <remarks>
/// One batch waits to be taken while the next one fills. When both are full, the thread waits; when that takes long, it
/// pauses the partitions and goes on polling, so that the member stays in the group. Offsets are stored by the thread
/// when the consumer has said that a batch had its effect.
/// </remarks>
internal sealed partial class GroupMember : IAsyncDisposable
{
    private readonly StreamOptions _options;
    private readonly MemberAssignment _assignment;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly MemberReader _reader;
    private readonly StreamTelemetry _telemetry;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<MemberBatch> _ready = Channel.CreateBounded<MemberBatch>(1);
    private readonly Channel<MemberBatch> _done = Channel.CreateBounded<MemberBatch>(4);

    /// <summary>Set by everything that the consumer does.</summary>
    private readonly AutoResetEvent _heard = new(false);

    /// <summary>Held while a batch is taken, and while partitions move away.</summary>
    private readonly Lock _moving = new();

    private Task _thread = Task.CompletedTask;

    /// <summary>Taken and not yet done; null: none.</summary>
    private MemberBatch? _inHand;

    /// <summary>When it was taken: a timestamp.</summary>
    private long _taken;

    private GroupMember(MemberContext context)
    {
        _options = context.Options;
        _assignment = context.Assignment;
        _time = context.Time;
        _logger = context.Logger;
        _telemetry = context.Telemetry;
        _reader = new(context);
    }

    public static GroupMember Start(MemberContext context)
    {
        var member = new GroupMember(context);

        // Polling blocks, so it has a thread of its own and never leaves it.
        member._thread = Task.Factory.StartNew(
            member.Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return member;
    }

    /// <summary>Takes the next batch.</summary>
    /// <returns>Null: none came for so long.</returns>
    public async ValueTask<MemberBatch?> NextAsync(TimeSpan quiet, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(quiet, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            var batch = await _ready.Reader.ReadAsync(either.Token);
            lock (_moving)
            {
                // What has moved since is left to its new owner, facts and offsets; the rest is waited for if it moves.
                batch.Keep(_assignment);
                _inHand = batch;
            }

            _heard.Set();
            _taken = _time.GetTimestamp();
            return batch;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Says that a batch has had its effect.</summary>
    public void Done(MemberBatch batch)
    {
        if (batch.Facts.Count > 0)
        {
            _telemetry.Processed(_time.GetElapsedTime(_taken), _options.Kafka.Topic, _options.Kafka.Group);
        }

        // The thread looks at what is done before it hands over the next batch, so that at most two are waiting.
        if (!_done.Writer.TryWrite(batch))
        {
            throw new UnreachableException("More batches are done than were handed over.");
        }

        Volatile.Write(ref _inHand, null);
        _heard.Set();
    }

    /// <summary>Leaves the group; the batch in hand comes again, to whoever reads on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _thread;
        _reader.Dispose();
        _stop.Dispose();
        _heard.Dispose();
    }

    private void Run()
    {
        var wait = TimeSpan.FromMilliseconds(200);
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    Follow();
                }
                catch (KafkaException failure)
                {
                    // With a new client: it begins at the offsets that were stored.
                    LogRejoin(_logger, failure);
                    _stop.Token.WaitHandle.WaitOne(wait);
                    wait = wait * 2 < _options.Relay.RetryWaitMax ? wait * 2 : _options.Relay.RetryWaitMax;
                }
            }
        }
        catch (Exception failure)
        {
            // The consumer waits for batches and would never hear of it.
            _ready.Writer.TryComplete(failure);
        }
    }
}
