using System.Text;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>Relays in front of a real broker.</summary>
public sealed class RelayTests(TestEngines kafka)
{
    [Fact]
    public async Task The_topic_holds_the_facts_of_a_shard_in_one_partition_in_the_order_of_the_ledger()
    {
        var ledger = new FactsInMemory(shards: 6);
        await using var rig = await RigAsync(ledger);
        for (var shard = 0; shard < 6; shard++)
        {
            ledger.Record(shard, count: 2_000);
        }

        await rig.StartRelayAsync();
        var records = await rig.WrittenAsync(12_000);

        Assert.Equal(12_000, records.Count);
        for (var shard = 0; shard < 6; shard++)
        {
            WrittenTopic.AssertNoGap(records, shard, Enumerable.Range(0, 2_000).Select(index => (long)index));
        }

        Assert.All(
            records, record => Assert.Equal(WrittenTopic.PositionOf(record).Shard % 4, record.Partition.Value));
    }

    [Fact]
    public async Task A_record_is_a_cloud_event()
    {
        await using var rig = await RigAsync();
        var position = await rig.RecordAsync(new() { Note = new() { Consignor = Bytes(1), Carrier = Bytes(2) } });
        await rig.StartRelayAsync();

        var record = Assert.Single(await rig.WrittenAsync(1));

        Assert.Equal("02020202020202020202020202020202", Encoding.UTF8.GetString(record.Message.Key));
        Assert.Equal($"0:{position}", WrittenTopic.Header(record, "ce_id"));
        Assert.Equal("1.0", WrittenTopic.Header(record, "ce_specversion"));
        Assert.Equal("urn:ecmr:gateway", WrittenTopic.Header(record, "ce_source"));
        Assert.Equal("ecmr.facts.v1.Fact", WrittenTopic.Header(record, "ce_type"));
        Assert.Equal("application/protobuf", WrittenTopic.Header(record, "content-type"));
        Assert.Matches("^20..-..-..T..:..:...*Z$", WrittenTopic.Header(record, "ce_time"));
    }

    [Fact]
    public async Task The_place_in_the_ledger_is_never_ahead_of_the_acknowledgements()
    {
        await using var rig = await RigAsync();
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await rig.RecordManyAsync(100);

        // The answer to message 41 comes late; those after it are there already.
        await rig.StartRelayAsync(builder => WatchedProducer.Around(
            builder.Build(),
            async (message, deliver) =>
            {
                var delivered = await deliver();
                if (message == 41)
                {
                    await released.Task;
                }

                return delivered;
            }));
        await rig.WrittenAsync(100);
        await Wait.UntilAsync(() => rig.Leases.RelayedOf(0) == 40);
        released.SetResult();

        await Wait.UntilAsync(() => rig.Leases.RelayedOf(0) == 100);
    }

    [Fact]
    public async Task A_relay_that_starts_again_goes_on_where_it_was()
    {
        await using var rig = await RigAsync();
        await rig.RecordManyAsync(500);
        var first = await rig.StartRelayAsync();
        await Wait.UntilAsync(() => rig.Leases.RelayedOf(0) == 500);
        await first.StopAsync(CancellationToken.None);
        await rig.RecordManyAsync(500, first: 501);

        await rig.StartRelayAsync();
        var records = await rig.WrittenAsync(1_000);

        // It stopped in order, so that nothing is written twice.
        Assert.Equal(1_000, records.Count);
        WrittenTopic.AssertNoGap(records, 0, Indices(1_000));
    }

    [Fact]
    public async Task A_relay_that_was_cut_off_repeats_facts_and_leaves_none_out()
    {
        await using var rig = await RigAsync(change: options => options with
        {
            Relay = options.Relay with { DeliveryTimeout = TimeSpan.FromSeconds(1) },
        });
        await rig.RecordManyAsync(500);
        var never = new TaskCompletionSource();

        // Everything gets to the broker, but from 250 on no answer gets back, as in a crash.
        var first = await rig.StartRelayAsync(builder => WatchedProducer.Around(
            builder.Build(),
            async (message, deliver) =>
            {
                var delivered = await deliver();
                if (message > 250)
                {
                    await never.Task;
                }

                return delivered;
            }));
        await rig.WrittenAsync(500);
        await first.StopAsync(CancellationToken.None);
        Assert.True(rig.Leases.RelayedOf(0) <= 250 + 1);

        await rig.StartRelayAsync();
        await rig.RecordManyAsync(100, first: 501);
        var records = await rig.WrittenAsync(600);

        Assert.True(records.Count > 600);
        WrittenTopic.AssertNoGap(records, 0, Indices(600));
    }

    [Fact]
    public async Task A_relay_that_lost_its_lease_sends_nothing_more()
    {
        await using var rig = await RigAsync();
        var relay = await rig.StartRelayAsync();
        await rig.RecordManyAsync(10);
        await Wait.UntilAsync(() => rig.Leases.RelayedOf(0) == 10);

        rig.Leases.Take(0, "another");
        await Wait.UntilAsync(() => relay.Shards.Count == 0);
        var before = await WrittenTopic.CountAsync(rig.Options.Kafka.BootstrapServers, rig.Options.Kafka.Topic, 0);
        await rig.RecordManyAsync(10, first: 11);
        await relay.StopAsync(CancellationToken.None);

        Assert.Equal(10, before);
        Assert.Equal(10, await WrittenTopic.CountAsync(rig.Options.Kafka.BootstrapServers, rig.Options.Kafka.Topic, 0));
        Assert.Equal(10, rig.Leases.RelayedOf(0));
    }

    [Fact]
    public async Task Two_relays_share_the_shards_and_one_takes_over_when_the_other_ends()
    {
        var ledger = new FactsInMemory(shards: 4);
        await using var rig = await RigAsync(ledger);
        var first = await rig.StartRelayAsync();
        await Wait.UntilAsync(() => first.Shards.Count == 4);
        var second = await rig.StartRelayAsync();
        await Wait.UntilAsync(() => first.Shards.Count == 2 && second.Shards.Count == 2);
        RecordAll(ledger, 500);
        await rig.WrittenAsync(2_000);

        await first.StopAsync(CancellationToken.None);
        RecordAll(ledger, 500);
        var records = await rig.WrittenAsync(4_000);

        Assert.Equal(4, second.Shards.Count);
        for (var shard = 0; shard < 4; shard++)
        {
            WrittenTopic.AssertNoGap(records, shard, Indices(1_000).Select(index => index - 1));
        }
    }

    [Fact]
    public async Task A_ledger_that_is_away_is_waited_for()
    {
        await using var rig = await RigAsync();
        rig.Leases.Away = true;
        await rig.RecordManyAsync(10);
        var relay = await rig.StartRelayAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Leases.OnAdvance = (_, _) =>
        {
            if (asked.TrySetResult())
            {
                throw new IOException("The ledger is away.");
            }
        };
        rig.Leases.Away = false;
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await Wait.UntilAsync(() => rig.Leases.RelayedOf(0) == 10);
        Assert.Equal([0], relay.Shards);
    }

    private static void RecordAll(FactsInMemory ledger, int count)
    {
        for (var shard = 0; shard < ledger.ShardCount; shard++)
        {
            ledger.Record(shard, count);
        }
    }

    /// <summary>Of facts in a ledger whose first entry has none.</summary>
    private static IEnumerable<long> Indices(int count) => Enumerable.Range(1, count).Select(index => (long)index);

    private static ByteString Bytes(byte value) =>
        ByteString.CopyFrom(Enumerable.Repeat(value, 16).ToArray());

    private async Task<KafkaRig> RigAsync(
        INoteLedger? ledger = null, Func<StreamOptions, StreamOptions>? change = null) =>
        new((await kafka.KafkaAsync()).BootstrapServers, ledger, change);
}
