using EcmrGateway.Engines;
using EcmrGateway.Streaming.Kafka;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>The password of Kafka is changed there and in its file; what runs goes on with the new one.</summary>
public sealed class KafkaPasswordTests : IDisposable
{
    private const string User = "ecmr";

    private readonly string _folder = Directory.CreateTempSubdirectory("ecmr-password-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Password => Path.Combine(_folder, "password");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Relay_member_and_health_go_on_with_the_new_password()
    {
        await using var server = await KafkaServer.FindNodeAsync();
        Assert.SkipWhen(server is null, KafkaServer.MissingNode);
        await server!.SetPasswordAsync(User, "the-first-one");
        await File.WriteAllTextAsync(Password, "the-first-one\n", Cancellation);
        await using var rig = RigOf(server);
        await using var health = new BrokerHealth(
            Microsoft.Extensions.Options.Options.Create(rig.Options), TimeProvider.System);
        await rig.StartRelayAsync();
        var reading = ReadAsync(rig, count: 20);
        await rig.RecordManyAsync(10);
        await Wait.UntilAsync(() => rig.Leases.RelayedOf(0) == 10);
        Assert.Equal(BrokerState.Serving, await health.AskAsync(Cancellation));

        await server.SetPasswordAsync(User, "the-second-one");
        await server.KillAsync();
        await server.RestartAsync();
        await Wait.UntilAsync(async () => await health.AskAsync(Cancellation) == BrokerState.Away);
        await rig.RecordManyAsync(10, first: 11);
        Assert.Equal(10, rig.Leases.RelayedOf(0));
        await File.WriteAllTextAsync(Password, "the-second-one\n", Cancellation);

        await reading.WaitAsync(TimeSpan.FromSeconds(90), Cancellation);
        await Wait.UntilAsync(async () => await health.AskAsync(Cancellation) == BrokerState.Serving);
    }

    private KafkaRig RigOf(KafkaServer server) => new(server.AskedServers, change: options => options with
    {
        Kafka = options.Kafka with
        {
            Settings = new Dictionary<string, string>
            {
                ["security.protocol"] = "sasl_plaintext",
                ["sasl.mechanism"] = "SCRAM-SHA-256",
                ["sasl.username"] = User,
            },
            SettingFiles = new Dictionary<string, string> { ["sasl.password"] = Password },
        },
    });

    private static async Task ReadAsync(KafkaRig rig, int count)
    {
        HashSet<int> read = [];
        await foreach (var batch in rig.Stream().ReadAsync(new Dictionary<int, long>(), Cancellation))
        {
            read.UnionWith(batch.Facts.Select(fact => fact.Fact.Note.PackageCount));
            if (read.Count >= count)
            {
                return;
            }
        }
    }
}
