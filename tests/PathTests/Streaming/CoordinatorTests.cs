using Confluent.Kafka;
using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Kafka;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>A coordinator of the group that moves just when it is asked for offsets.</summary>
/// <remarks>
/// The client library's admin client ends the process then (librdkafka issue 5040), and its consumer never reads the
/// partition (5586).
/// </remarks>
public sealed class CoordinatorTests : IAsyncLifetime
{
    private readonly MockBroker _broker = new();
    private readonly FactsInMemory _ledger = new(shards: 4);
    private KafkaRig _rig = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _rig = new(_broker.BootstrapServers, _ledger, options => options with
        {
            // The broker does not answer what the doctor asks of the topics.
            Kafka = options.Kafka with { RequestTimeout = TimeSpan.FromSeconds(3) },
        });
        _broker.Make(_rig.Options.Kafka.Topic);
        _broker.Make(_rig.Options.Kafka.DeadLetterTopic);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _broker.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_doctor_asks_again(int times)
    {
        _broker.Refuse(MockBroker.OffsetFetch, [.. Enumerable.Repeat(ErrorCode.NotCoordinatorForGroup, times)]);

        var report = await StreamCheckup.AskAsync(_rig.Options, TimeProvider.System, Cancellation);

        Assert.Equal(0, report.GroupLag);
    }

    [Theory]
    [InlineData(ErrorCode.NotCoordinatorForGroup)]
    [InlineData(ErrorCode.GroupCoordinatorNotAvailable)]
    [InlineData(ErrorCode.GroupLoadInProgress)]
    public async Task A_member_reads_all_partitions_all_the_same(ErrorCode error)
    {
        using (var producer = new ProducerBuilder<byte[], byte[]>(
            new ProducerConfig { BootstrapServers = _broker.BootstrapServers }).Build())
        {
            for (var partition = 0; partition < 4; partition++)
            {
                await producer.ProduceAsync(
                    new TopicPartition(_rig.Options.Kafka.Topic, partition), FirstFactOf(partition), Cancellation);
            }
        }

        _broker.Refuse(MockBroker.OffsetFetch, error);
        await using var member = Member();

        var read = new HashSet<int>();
        while (read.Count < 4)
        {
            var batch = await member.NextAsync(TimeSpan.FromSeconds(20), Cancellation);
            Assert.NotNull(batch);
            read.UnionWith(batch.Facts.Select(fact => fact.Partition));
            member.Done(batch);
        }
    }

    private static Message<byte[], byte[]> FirstFactOf(int shard) => FactRecord.Of(
        new(LedgerPosition.Of(shard, 0), TimeProvider.System.GetUtcNow(), new Fact { Note = new() }.ToByteArray(), ""),
        "/test"u8.ToArray());

    private GroupMember Member() => GroupMember.Start(new(
        _rig.Options, new MemberAssignment(4, 4), new Dictionary<int, long>(), _ledger, _ => { }, _rig.Telemetry,
        TimeProvider.System, NullLogger.Instance));
}
