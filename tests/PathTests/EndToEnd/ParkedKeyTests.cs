using Confluent.Kafka;
using Ecmr.Inspection.V1;
using EcmrGateway.DeadLetters;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.PathTests.Gateway;
using EcmrGateway.PathTests.Streaming;
using Xunit;

namespace EcmrGateway.PathTests.EndToEnd;

/// <summary>A record that nobody can read, in the midst of a carrier's facts, on the whole path.</summary>
public sealed class ParkedKeyTests(TestEngines engines)
{
    private const string Carrier = "NL123456789B01";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_carrier_waits_for_an_operator_and_is_ranked_afterwards_as_if_nothing_had_been()
    {
        var folder = Directory.CreateTempSubdirectory("ecmr-parked-").FullName;
        var settings = await engines.GatewaySettingsAsync();
        await using var gateway = await RunningGateway.StartAsync(folder, configure: null, settings);
        var brokers = (await engines.KafkaAsync()).BootstrapServers;
        var topic = Settings.Of(settings, "Stream:Kafka:Topic");
        await SubmitAsync(gateway, "12-BCD-1", Carrier);
        await gateway.WaitUntilRankedAsync();
        var first = Assert.Single(await WrittenTopic.ReadAsync(brokers, topic, 16, 1));
        await PoisonAsync(brokers, first);

        await SubmitAsync(gateway, "12-BCD-2", Carrier);
        await SubmitAsync(gateway, "12-BCD-3", "NL987654321B01");

        var desk = new DeadLetterDesk(
            new Dictionary<string, string> { ["bootstrap.servers"] = brokers }, $"{topic}.dlt",
            TimeSpan.FromSeconds(30), TimeProvider.System);
        var parked = await ParkedAsync(desk, first, records: 2);
        await RankedAsync(gateway, vehicles: 2);

        var answer = await desk.AskAsync(
            first.Partition.Value, parked, ControlKind.Drop, parked.Held.First().At, "a test",
            TimeSpan.FromSeconds(60), Cancellation);
        Assert.Equal(ControlKind.Released, answer?.Kind);
        var released = await RankedAsync(gateway, vehicles: 3);
        await SubmitAsync(gateway, "12-BCD-3", "NL987654321B01");
        await SubmitAsync(gateway, "12-BCD-1", Carrier);
        await gateway.WaitUntilRankedAsync();
        var ranked = await RankedAsync(gateway, vehicles: 3);

        // The ledger alone says the same.
        await HotContent.WipeAsync(gateway);
        await gateway.WaitUntilRankedAsync();
        Assert.Equal(ranked, await RankedAsync(gateway, vehicles: 3));
        Assert.Equal(
            released.Select(one => one.Vehicle).Order(), ranked.Select(one => one.Vehicle).Order());
    }

    /// <summary>Bytes that are no fact, under the key of one.</summary>
    private static async Task PoisonAsync(string brokers, ConsumeResult<byte[], byte[]> of)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(
            new ProducerConfig { BootstrapServers = brokers }).Build();
        await producer.ProduceAsync(
            of.TopicPartition, new() { Key = of.Message.Key, Value = [0xFF] }, Cancellation);
    }

    private static async Task<ParkedKey> ParkedAsync(
        DeadLetterDesk desk, ConsumeResult<byte[], byte[]> of, int records)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var keys = (await desk.ReadAsync(Cancellation)).Single(one => one.Partition == of.Partition.Value).Keys;
            if (keys.Find(KeyText.Of(of.Message.Key)) is { } key && key.Held.Count == records)
            {
                return key;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(1), "Not parked in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }

    private static async Task SubmitAsync(RunningGateway gateway, string plate, string carrier) =>
        await gateway.Ingress.SubmitAsync(
            new() { Note = SampleNotes.OnTheRoad(plate: plate, carrier: carrier) },
            await gateway.AsAsync("submitter"));

    private static async Task<List<RankedVehicle>> RankedAsync(RunningGateway gateway, int vehicles)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var list = await gateway.Inspection.ListRankedVehiclesAsync(
                new() { Area = "rotterdam", PageSize = 500 }, await gateway.AsAsync("inspector", "ilt"));
            if (list.Vehicles.Count == vehicles)
            {
                return [.. list.Vehicles];
            }

            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(1), "Not ranked in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }
    }
}
