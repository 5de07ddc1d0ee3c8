using EcmrGateway.Engines;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>A broker that is killed and comes back on its data.</summary>
public sealed class BrokerCrashTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facts_recorded_before_and_during_the_crash_all_come()
    {
        await using var server = await KafkaServer.FindNodeAsync();
        Assert.SkipWhen(server is null, KafkaServer.MissingNode);
        await using var rig = new KafkaRig(server!.BootstrapServers);
        await rig.StartRelayAsync();
        var read = new List<int>();
        var reading = ReadAsync(rig, read, count: 3_000);
        await rig.RecordManyAsync(1_000);
        await Wait.UntilAsync(() => rig.Leases.RelayedOf(0) == 1_000);

        var recording = rig.RecordManyAsync(1_000, first: 1_001);
        await server.KillAsync();
        await recording;
        await server.RestartAsync();
        await rig.RecordManyAsync(1_000, first: 2_001);

        await reading.WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
        var written = await rig.WrittenAsync(3_000);
        WrittenTopic.AssertNoGap(written, 0, Enumerable.Range(1, 3_000).Select(index => (long)index));
        Assert.Equal(Enumerable.Range(1, 3_000), read.Order().Distinct());
    }

    [Fact]
    public async Task Relay_and_member_can_stop_while_the_broker_is_away()
    {
        await using var server = await KafkaServer.FindNodeAsync();
        Assert.SkipWhen(server is null, KafkaServer.MissingNode);
        await using var rig = new KafkaRig(server!.BootstrapServers);
        var relay = await rig.StartRelayAsync();
        var batches = rig.Stream().ReadAsync(new Dictionary<int, long>(), Cancellation)
            .GetAsyncEnumerator(Cancellation);
        await rig.RecordManyAsync(10);
        do
        {
            Assert.True(await batches.MoveNextAsync());
        }
        while (batches.Current.Facts.Count == 0);

        await server.KillAsync();
        await rig.RecordManyAsync(10, first: 11);

        await batches.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await relay.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    private static async Task ReadAsync(KafkaRig rig, List<int> read, int count)
    {
        await foreach (var batch in rig.Stream().ReadAsync(new Dictionary<int, long>(), Cancellation))
        {
            read.AddRange(batch.Facts.Select(fact => fact.Fact.Note.PackageCount));
            if (read.Distinct().Count() >= count)
            {
                return;
            }
        }
    }
}
