using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Ecmr.Facts.V1;
using EcmrGateway.PathTests.Contracts;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>A fact that the topic does not take goes as a reference to the ledger, in its place.</summary>
public sealed class LargeFactTests(TestEngines kafka)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_largest_fact_that_the_ledger_takes_goes_whole()
    {
        await using var rig = await RigAsync();
        await rig.StartRelayAsync();
        await rig.RecordAsync(Large(1, bytes: 255 * 1024));

        var record = Assert.Single(await rig.WrittenAsync(1));

        Assert.InRange(record.Message.Value.Length, 255 * 1024, 256 * 1024);
    }

    [Fact]
    public async Task A_fact_that_the_broker_refuses_does_not_hold_up_those_behind_it()
    {
        await using var rig = await RigAsync();
        await rig.StartRelayAsync();
        await rig.RecordManyAsync(3);
        await Wait.UntilAsync(() => rig.Leases.RelayedOf(0) == 3);
        await ResizeAsync(rig, bytes: 20_000);

        await rig.RecordAsync(Large(4, bytes: 100_000));
        await rig.RecordManyAsync(50, first: 5);
        await rig.RecordAsync(Large(55, bytes: 100_000));
        await rig.RecordManyAsync(5, first: 56);

        await Wait.UntilAsync(() => rig.Leases.RelayedOf(0) == 60);
        var records = await rig.WrittenAsync(60);
        WrittenTopic.AssertNoGap(records, 0, Enumerable.Range(1, 60).Select(index => (long)index));
        var byReference = records.Where(record => record.Message.Value is null).ToList();
        Assert.Equal(
            ["urn:ecmr:ledger:0:4", "urn:ecmr:ledger:0:55"],
            byReference.Select(record => WrittenTopic.Header(record, "ce_dataref")).Distinct());

        // Set right again, as a consumer that starts asks for. Who reads the topic gets them all, whole and in order.
        await ResizeAsync(rig, bytes: 1_048_576);
        var (read, largest) = await ReadAsync(rig, 60);
        Assert.Equal(Enumerable.Range(1, 60), read);
        Assert.True(largest > 100_000);
    }

    [Fact]
    public async Task A_fact_that_the_client_refuses_does_not_hold_up_those_behind_it()
    {
        var ledger = new FactsInMemory(shards: 1);
        await using var rig = new KafkaRig((await kafka.KafkaAsync()).BootstrapServers, ledger);
        ledger.Record(0, 3);
        ledger.Record(0, Large(4, bytes: 1_100_000));
        ledger.Record(0, Large(5, bytes: 1_100_000));
        ledger.Record(0, 3);
        await rig.StartRelayAsync();

        await Wait.UntilAsync(() => rig.Leases.RelayedOf(0) == 7);
        var (read, largest) = await ReadAsync(rig, 8);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], read);
        Assert.True(largest > 1_100_000);
    }

    private static async Task<(List<int> Read, int Largest)> ReadAsync(KafkaRig rig, int count)
    {
        var (read, largest) = (new List<int>(), 0);
        await foreach (var batch in rig.Stream().ReadAsync(new Dictionary<int, long>(), Cancellation))
        {
            read.AddRange(batch.Facts.Select(fact => fact.Fact.Note.PackageCount));
            largest = batch.Facts.Select(fact => fact.Fact.CalculateSize()).Append(largest).Max();
            if (read.Count >= count)
            {
                break;
            }
        }

        return (read, largest);
    }

    /// <summary>As an operator may who does not know better; no start looks at it again.</summary>
    private static async Task ResizeAsync(KafkaRig rig, int bytes)
    {
        using var admin = new AdminClientBuilder(
            new AdminClientConfig { BootstrapServers = rig.Options.Kafka.BootstrapServers }).Build();
        await admin.IncrementalAlterConfigsAsync(new()
        {
            [new ConfigResource { Type = ResourceType.Topic, Name = rig.Options.Kafka.Topic }] =
            [
                new()
                {
                    Name = "max.message.bytes",
                    Value = $"{bytes}",
                    IncrementalOperation = AlterConfigOpType.Set,
                },
            ],
        });
    }

    /// <summary>Of bytes that no compression makes less.</summary>
    private static Fact Large(int packages, int bytes)
    {
        var random = new byte[bytes];
        new Random(packages).NextBytes(random);
        return new()
        {
            Note = new()
            {
                Carrier = ByteString.CopyFrom(random.AsSpan(0, 16)),
                PackageCount = packages,
                Movements = { new Movement { Trailers = { ByteString.CopyFrom(random) } } },
            },
        };
    }

    private async Task<KafkaRig> RigAsync() => new((await kafka.KafkaAsync()).BootstrapServers);
}
