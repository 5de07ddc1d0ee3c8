using EcmrGateway.Engines;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Kafka;
using Microsoft.Extensions.Options;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>What the health of the stream says of a broker that comes and goes.</summary>
public sealed class BrokerHealthTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_when_the_broker_goes_and_when_it_is_back()
    {
        await using var server = await KafkaServer.FindNodeAsync();
        Assert.SkipWhen(server is null, KafkaServer.MissingNode);
        await using var rig = new KafkaRig(server.BootstrapServers);
        await using var health = new BrokerHealth(Options.Create(rig.Options), TimeProvider.System);
        Assert.Equal(BrokerState.NoTopic, await health.AskAsync(Cancellation));

        using var topic = rig.Topic();
        await topic.WaitAsync(Cancellation);
        await UntilAsync(health, BrokerState.Serving);
        await server.KillAsync();
        await UntilAsync(health, BrokerState.Away);
        await server.RestartAsync();
        await UntilAsync(health, BrokerState.Serving);
    }

    [Fact]
    public async Task Many_who_ask_at_once_wait_for_one_answer()
    {
        var options = new StreamOptions { Kafka = new() { BootstrapServers = "127.0.0.1:1" } };
        await using var health = new BrokerHealth(Options.Create(options), TimeProvider.System);
        var start = TimeProvider.System.GetTimestamp();

        var states = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => health.AskAsync(Cancellation)));

        Assert.All(states, state => Assert.Equal(BrokerState.Away, state));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static async Task UntilAsync(BrokerHealth health, BrokerState wanted)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (await health.AskAsync(Cancellation) != wanted)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(2), $"It never was {wanted}.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancellation);
        }
    }
}
