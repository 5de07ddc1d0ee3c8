using Confluent.Kafka;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming.Relay;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>The relay of one shard while the producer or the ledger fails, on a broker inside the client library.
/// </summary>
public sealed class ShardRelayTests : IAsyncLifetime
{
    private readonly MockBroker _broker = new();
    private readonly FactsInMemory _ledger = new(shards: 1);
    private readonly List<int> _messages = [];
    private KafkaRig _rig = null!;
    private RelayProducer? _producer;
    private ShardRelay? _relay;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static long Soon => TimeProvider.System.GetTimestamp() + (60 * TimeProvider.System.TimestampFrequency);

    public ValueTask InitializeAsync()
    {
        _rig = new(_broker.BootstrapServers, _ledger, options => options with
        {
            Relay = options.Relay with { DeliveryTimeout = TimeSpan.FromSeconds(3) },
        });
        _broker.Make(_rig.Options.Kafka.Topic);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_relay is not null && _producer is not null)
        {
            await _relay.StopAsync();
            await _producer.DisposeAsync();
        }

        await _rig.DisposeAsync();
        _broker.Dispose();
    }

    [Fact]
    public async Task A_producer_that_discards_what_it_is_given_is_built_anew_and_nothing_is_lost()
    {
        _ledger.Record(0, 1_000);

        // The first fails from its 300th message on, the second takes nothing at all.
        Start((producer, message, deliver) => (producer, message) is (1, >= 300) or (2, _)
            ? Task.FromException<DeliveryResult<byte[], byte[]>>(new ProduceException<byte[], byte[]>(
                new Error(ErrorCode.Local_MsgTimedOut), new DeliveryResult<byte[], byte[]>()))
            : deliver());

        await ArrivedAsync(1_000);
        BuiltAtLeast(3);
    }

    [Fact]
    public async Task A_producer_that_does_not_answer_is_built_anew_and_nothing_is_lost()
    {
        _ledger.Record(0, 1_000);
        var never = new TaskCompletionSource<DeliveryResult<byte[], byte[]>>();

        Start((producer, message, deliver) => (producer, message) is (1, >= 300) ? never.Task : deliver());

        await ArrivedAsync(1_000);
        BuiltAtLeast(2);
    }

    [Fact]
    public async Task A_producer_whose_answers_get_lost_is_built_anew_and_facts_come_twice()
    {
        _ledger.Record(0, 1_000);
        var never = new TaskCompletionSource<DeliveryResult<byte[], byte[]>>();

        Start(async (producer, message, deliver) =>
        {
            var delivered = await deliver();
            return (producer, message) is (1, >= 300) ? await never.Task : delivered;
        });

        await ArrivedAsync(1_000);
        var records = await WrittenTopic.CountAsync(_broker.BootstrapServers, _rig.Options.Kafka.Topic, 0);
        Assert.True(records > 1_000);
        BuiltAtLeast(2);
    }

    [Fact]
    public async Task A_message_that_may_not_be_there_is_sent_again()
    {
        _ledger.Record(0, 100);

        Start(async (producer, message, deliver) =>
        {
            var delivered = await deliver();
            return (producer, message) is (1, 50)
                ? new() { Status = PersistenceStatus.PossiblyPersisted }
                : delivered;
        });

        await ArrivedAsync(100);
        BuiltAtLeast(2);
    }

    [Fact]
    public async Task One_message_finds_out_whether_the_broker_answers()
    {
        _ledger.Record(0, 1_000);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        Start(async (producer, _, deliver) =>
        {
            var delivered = await deliver();
            if (producer == 1)
            {
                await answer.Task;
            }

            return delivered;
        });
        await Wait.UntilAsync(() => _messages.Count == 2);

        Assert.Equal(1, _messages[0]);
        answer.SetResult();
        await ArrivedAsync(1_000);
    }

    [Fact]
    public async Task A_message_that_the_full_queue_does_not_take_is_not_passed_by_the_next()
    {
        await _rig.DisposeAsync();
        _rig = new(_broker.BootstrapServers, _ledger, options => options with
        {
            Relay = options.Relay with { DeliveryTimeout = TimeSpan.FromSeconds(10), QueueLengthMax = 5 },
        });
        _broker.Make(_rig.Options.Kafka.Topic);
        _ledger.Record(0, 1_000);

        Start((_, _, deliver) => deliver());

        await ArrivedAsync(1_000);
        Assert.InRange(_messages.Count, 1, 6);
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_lease_may_be_over()
    {
        var sent = new List<long>();
        _ledger.Record(0, 10);
        Start(
            (_, _, deliver) =>
            {
                sent.Add(TimeProvider.System.GetTimestamp());
                return deliver();
            },
            sendUntil: TimeProvider.System.GetTimestamp() - 1);
        await Wait.UntilAsync(() => _messages.Count == 1);

        var renewed = TimeProvider.System.GetTimestamp();
        _relay!.Extend(Soon);
        await ArrivedAsync(10);

        Assert.All(sent, time => Assert.True(time >= renewed));
    }

    [Fact]
    public async Task Who_is_told_that_another_has_the_shard_ends()
    {
        _rig.Leases.Take(0, "before");
        var lease = _rig.Leases.Take(0, "this one");
        _ledger.Record(0, 10);
        Start((_, _, deliver) => deliver(), lease: lease);
        await Wait.UntilAsync(() => _rig.Leases.RelayedOf(0) == 9);

        _rig.Leases.Take(0, "another");
        _ledger.Record(0, 10);

        await _relay!.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(9, _rig.Leases.RelayedOf(0));
    }

    /// <remarks>On a busy machine the broker may be late too, and then another one is built.</remarks>
    private void BuiltAtLeast(int producers) => Assert.InRange(_messages.Count, producers, producers + 5);

    private void Start(
        Func<int, int, Func<Task<DeliveryResult<byte[], byte[]>>>, Task<DeliveryResult<byte[], byte[]>>> delivering,
        long? sendUntil = null, RelayLease? lease = null)
    {
        _producer = _rig.Producer(builder =>
        {
            _messages.Add(0);
            var number = _messages.Count;
            return WatchedProducer.Around(builder.Build(), (message, deliver) =>
            {
                _messages[number - 1] = message;
                return delivering(number, message, deliver);
            });
        });
        _relay = ShardRelay.Start(
            new(
                _rig.Options, _ledger, _rig.Leases, _producer, _rig.Telemetry, TimeProvider.System,
                NullLogger.Instance),
            lease ?? _rig.Leases.Take(0, "test"), sendUntil ?? Soon, Cancellation);
    }

    private async Task ArrivedAsync(int facts)
    {
        await Wait.UntilAsync(() => _rig.Leases.RelayedOf(0) == facts - 1);
        var records = await _rig.WrittenAsync(facts);
        WrittenTopic.AssertNoGap(records, 0, Enumerable.Range(0, facts).Select(index => (long)index));
    }
}
