using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Kafka;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>What members of a group promise beside the contract of a stream.</summary>
public sealed class KafkaFactStreamTests(TestEngines kafka)
{
    private static readonly Dictionary<int, long> FromTheStart = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_comes_again_when_the_next_was_not_asked_for()
    {
        await using var rig = await RigAsync();
        await rig.StartRelayAsync();
        await rig.RecordManyAsync(5);

        var first = await ReadAsync(rig.Stream(), 5, asksForNext: false);
        var again = await ReadAsync(rig.Stream(), 5, asksForNext: false);

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task A_batch_does_not_come_again_when_the_next_was_asked_for()
    {
        await using var rig = await RigAsync();
        await rig.StartRelayAsync();
        await rig.RecordManyAsync(5);

        var first = await ReadAsync(rig.Stream(), 5, asksForNext: true);
        await rig.RecordManyAsync(5, first: 6);
        var second = await ReadAsync(rig.Stream(), 5, asksForNext: false);

        Assert.Equal([1, 2, 3, 4, 5], first);
        Assert.Equal([6, 7, 8, 9, 10], second);
    }

    [Fact]
    public async Task Two_members_share_the_shards_and_no_fact_is_lost_while_they_move()
    {
        var ledger = new FactsInMemory(shards: 4);
        await using var rig = await RigAsync(ledger);
        await rig.StartRelayAsync();
        var first = new Member(rig.Stream());
        RecordAll(ledger, 500);
        await Wait.UntilAsync(() => first.Read.Count > 100);

        var second = new Member(rig.Stream());
        await Wait.UntilAsync(() => first.Shards.Count == 2 && second.Shards.Count == 2);
        RecordAll(ledger, 500);
        await Wait.UntilAsync(() => first.Read.Union(second.Read).Count() == 4_000);
        Assert.Equal([0, 1, 2, 3], first.Shards.Concat(second.Shards).Order());

        await second.StopAsync();
        await Wait.UntilAsync(() => first.Shards.Count == 4);
        RecordAll(ledger, 100);
        await Wait.UntilAsync(() => first.Read.Union(second.Read).Count() == 4_400);
        await first.StopAsync();
        Assert.True(first.IsOrdered && second.IsOrdered);
    }

    [Fact]
    public async Task A_consumer_that_is_busy_for_long_stays_in_the_group()
    {
        await using var rig = await RigAsync(change: options => options with
        {
            Kafka = options.Kafka with { PollIntervalMax = TimeSpan.FromSeconds(6) },
        });
        await rig.StartRelayAsync();
        await rig.RecordManyAsync(100);
        await using var busy = rig.Stream().ReadAsync(FromTheStart, Cancellation).GetAsyncEnumerator(Cancellation);
        var read = new List<int>();
        await NextAsync(busy, read);

        // Time passes by the batches of another group, one for each quiet second.
        await using var clock = rig.Stream(ownGroup: true).ReadAsync(FromTheStart, Cancellation)
            .GetAsyncEnumerator(Cancellation);
        for (var seconds = 0; seconds < 10;)
        {
            Assert.True(await clock.MoveNextAsync());
            seconds += clock.Current.Facts.Count == 0 ? 1 : 0;
        }

        while (read.Count < 100)
        {
            await NextAsync(busy, read);
            Assert.Equal([0], busy.Current.Shards);
        }

        // Had it been put out, its facts would have come again.
        Assert.Equal(Enumerable.Range(1, 100), read);
    }

    [Fact]
    public async Task The_broker_may_decide_who_reads_what()
    {
        await using var rig = await RigAsync(change: options => options with
        {
            Kafka = options.Kafka with { ConsumerProtocol = ConsumerProtocol.Consumer },
        });
        await rig.StartRelayAsync();
        await rig.RecordManyAsync(20);

        Assert.Equal(Enumerable.Range(1, 20), await ReadAsync(rig.Stream(), 20, asksForNext: true));
        await rig.RecordManyAsync(1, first: 21);
        Assert.Equal([21], await ReadAsync(rig.Stream(), 1, asksForNext: true));
    }

    private static void RecordAll(FactsInMemory ledger, int count)
    {
        for (var shard = 0; shard < ledger.ShardCount; shard++)
        {
            ledger.Record(shard, count);
        }
    }

    private static async Task NextAsync(IAsyncEnumerator<FactBatch> batches, List<int> read)
    {
        do
        {
            Assert.True(await batches.MoveNextAsync());
        }
        while (batches.Current.Facts.Count == 0);

        read.AddRange(batches.Current.Facts.Select(fact => fact.Fact.Note.PackageCount));
    }

    /// <summary>Package counts of the facts, as a member reads them that then leaves.</summary>
    private static async Task<List<int>> ReadAsync(KafkaFactStream stream, int count, bool asksForNext)
    {
        var read = new List<int>();
        await foreach (var batch in stream.ReadAsync(FromTheStart, Cancellation))
        {
            if (read.Count >= count)
            {
                break;
            }

            read.AddRange(batch.Facts.Select(fact => fact.Fact.Note.PackageCount));
            if (!asksForNext && read.Count >= count)
            {
                break;
            }
        }

        return read;
    }

    private async Task<KafkaRig> RigAsync(
        INoteLedger? ledger = null, Func<StreamOptions, StreamOptions>? change = null) =>
        new((await kafka.KafkaAsync()).BootstrapServers, ledger, change);

    /// <summary>Reads until it is stopped, and keeps what it was given.</summary>
    private sealed class Member
    {
        private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        private readonly Dictionary<int, long> _last = [];
        private readonly Task _reading;
        private volatile IReadOnlyList<long> _read = [];
        private volatile IReadOnlyList<int> _shards = [];

        public Member(KafkaFactStream stream) => _reading = ReadAsync(stream);

        public IReadOnlyList<long> Read => _read;

        public IReadOnlyList<int> Shards => _shards;

        /// <summary>Whether facts of a shard came in order, as long as it was not away.</summary>
        public bool IsOrdered { get; private set; } = true;

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _shards = [];
            _stop.Dispose();
        }

        private async Task ReadAsync(KafkaFactStream stream)
        {
            var read = new List<long>();
            await foreach (var batch in stream.ReadAsync(FromTheStart, _stop.Token))
            {
                foreach (var gone in _last.Keys.Except(batch.Shards).ToList())
                {
                    _last.Remove(gone);
                }

                foreach (var fact in batch.Facts)
                {
                    var (shard, index) = (FactPosition.ShardOf(fact.Position), FactPosition.IndexOf(fact.Position));
                    IsOrdered &= index > _last.GetValueOrDefault(shard, -1);
                    _last[shard] = index;
                }

                read.AddRange(batch.Facts.Select(fact => fact.Position));
                _read = [.. read];
                _shards = batch.Shards;
            }
        }
    }
}
