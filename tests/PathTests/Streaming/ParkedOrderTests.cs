using System.Globalization;
using EcmrGateway.DeadLetters;
using EcmrGateway.PathTests.Contracts;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>
/// Members that come and go, poison anywhere, requests at any time: a fact may come twice, but never before a fact of
/// its key that precedes it has come once or was given up.
/// </summary>
public sealed class ParkedOrderTests(TestEngines kafka)
{
    private const string Carriers = "ABCDEF";
    private const int Steps = 60;

    private readonly Lock _lock = new();
    private readonly Dictionary<char, List<int>> _heard = Carriers.ToDictionary(one => one, _ => new List<int>());
    private readonly Dictionary<char, int> _written = Carriers.ToDictionary(one => one, _ => 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Facts_of_a_key_come_in_order_whatever_happens(int seed)
    {
        var random = new Random(seed);
        await using var rig = await ParkedRig.StartAsync(
            (await kafka.KafkaAsync()).BootstrapServers, isPoison: count => count % 7 == 3);
        List<StreamMember> members = [rig.Member(Heard)];
        for (var step = 0; step < Steps; step++)
        {
            switch (random.Next(12))
            {
                case 0 when members.Count < 3:
                    members.Add(rig.Member(Heard));
                    break;
                case 1 when members.Count > 1:
                    await members[0].StopAsync();
                    members.RemoveAt(0);
                    break;
                case 2:
                    rig.IsMended = !rig.IsMended;
                    break;
                case 3 or 4 or 5:
                    await ReplayAsync(rig, random.Next(Carriers.Length), TimeSpan.Zero);
                    break;
                default:
                    await WriteAsync(rig, Carriers[random.Next(Carriers.Length)], random.Next(1, 12));
                    break;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(200)), TimeProvider.System, Cancellation);
        }

        rig.IsMended = true;
        for (var carrier = 0; carrier < Carriers.Length; carrier++)
        {
            await WriteAsync(rig, Carriers[carrier], 1);
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Cancellation);
            await ReplayAsync(rig, carrier, TimeSpan.FromSeconds(60));
        }

        await Wait.UntilAsync(() => Missing().Length == 0);
        foreach (var member in members)
        {
            await member.StopAsync();
        }

        Assert.All(_heard, one => Assert.Equal(Enumerable.Range(1, _written[one.Key]), one.Value.Distinct()));
        Assert.All(await rig.Desk.ReadAsync(Cancellation), one => Assert.Equal(0, one.Keys.Count));
    }

    private void Heard(char carrier, int packages)
    {
        lock (_lock)
        {
            _heard[carrier].Add(packages);
        }
    }

    private string Missing()
    {
        lock (_lock)
        {
            return string.Join(
                ' ',
                from carrier in Carriers
                from number in Enumerable.Range(1, _written[carrier]).Except(_heard[carrier])
                select string.Create(CultureInfo.InvariantCulture, $"{carrier}{number}"));
        }
    }

    private async Task WriteAsync(ParkedRig rig, char carrier, int count)
    {
        var first = _written[carrier] + 1;
        lock (_lock)
        {
            _written[carrier] += count;
        }

        await rig.WriteAsync(ShardOf(carrier), carrier, [.. Enumerable.Range(first, count)]);
    }

    /// <summary>Two carriers share a shard, and one shard has none.</summary>
    private static int ShardOf(char carrier) => Carriers.IndexOf(carrier, StringComparison.Ordinal) / 2;

    private static async Task ReplayAsync(ParkedRig rig, int carrier, TimeSpan wait)
    {
        var name = Carriers[carrier];
        if (await rig.FindAsync(ShardOf(name), name) is { } key)
        {
            await rig.Desk.AskAsync(ShardOf(name), key, ControlKind.Replay, -1, "", wait, Cancellation);
        }
    }
}
