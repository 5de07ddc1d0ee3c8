using System.Text;
using EcmrGateway.DeadLetters;
using EcmrGateway.PathTests.Contracts;
using EcmrGateway.Streaming;
using EcmrGateway.Streaming.Kafka;
using Xunit;

namespace EcmrGateway.PathTests.Streaming;

/// <summary>A record that cannot be used is parked with all that follows of its key; an operator decides.</summary>
public sealed class DeadLetterTests(TestEngines kafka)
{
    private const int Poison = ParkedRig.Poison;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_follows_of_the_key_is_parked_in_order_and_other_keys_go_on()
    {
        await using var rig = await StartAsync();
        var member = rig.Member();

        await rig.WriteAsync(0, 'A', 1, Poison, 2);
        await rig.WriteAsync(0, 'B', 1, 2);
        await rig.WriteBadAsync(1, 'C');
        await rig.WriteAsync(1, 'C', 2, 3);
        await rig.WriteAsync(0, 'A', 3);
        await rig.WriteAsync(1, 'D', 1);

        await Wait.UntilAsync(() => member.Text('B') == "1 2" && member.Text('D') == "1");
        var ofA = await rig.HeldAsync(0, 'A', 3);
        var ofC = await rig.HeldAsync(1, 'C', 3);
        Assert.Equal("1", member.Text('A'));
        Assert.Equal("", member.Text('C'));
        Assert.Equal(
            [FactRecord.BadFact, FactRecord.Behind, FactRecord.Behind], ofA.Held.Select(one => one.Code));
        Assert.Equal(["0:1", "0:2", "0:5"], ofA.Held.Select(one => one.Position));
        Assert.Equal([FactRecord.BadValue, FactRecord.Behind, FactRecord.Behind], ofC.Held.Select(one => one.Code));
        await member.StopAsync();
    }

    [Fact]
    public async Task A_key_stays_parked_after_a_restart_and_with_another_member()
    {
        await using var rig = await StartAsync();
        var first = rig.Member();
        await rig.WriteAsync(0, 'A', Poison, 1);
        await rig.WriteAsync(1, 'B', Poison, 1);
        await rig.HeldAsync(0, 'A', 2);
        await rig.HeldAsync(1, 'B', 2);
        await first.StopAsync();

        var second = rig.Member();
        await rig.WriteAsync(0, 'A', 2);
        await rig.HeldAsync(0, 'A', 3);
        var third = rig.Member();
        await Wait.UntilAsync(() => second.Shards.Count == 2 && third.Shards.Count == 2);
        await rig.WriteAsync(0, 'A', 3);
        await rig.WriteAsync(1, 'B', 2);
        await rig.WriteAsync(0, 'X', 1);
        await rig.WriteAsync(1, 'Y', 1);

        await Wait.UntilAsync(
            () => second.Text('X') + third.Text('X') == "1" && second.Text('Y') + third.Text('Y') == "1");
        await rig.HeldAsync(0, 'A', 4);
        await rig.HeldAsync(1, 'B', 3);
        Assert.Equal("", second.Text('A') + third.Text('A') + second.Text('B') + third.Text('B'));
        await second.StopAsync();
        await third.StopAsync();
    }

    [Fact]
    public async Task A_replay_hands_over_all_of_the_key_in_order_and_releases_it()
    {
        await using var rig = await StartAsync();
        var member = rig.Member();
        await rig.WriteAsync(2, 'A', [1, Poison, .. Enumerable.Range(100, 50)]);
        await rig.HeldAsync(2, 'A', 51);
        rig.IsMended = true;

        var asked = rig.AskAsync(2, 'A', ControlKind.Replay);
        await rig.WriteAsync(2, 'A', [.. Enumerable.Range(150, 50)]);
        var answer = await asked;
        await rig.WriteAsync(2, 'A', 200);

        Assert.Equal(ControlKind.Released, answer?.Kind);
        await Wait.UntilAsync(() => member.Of('A').LastOrDefault() == 200);
        Assert.Equal([1, Poison, .. Enumerable.Range(100, 101)], member.Of('A'));
        Assert.Null(await rig.FindAsync(2, 'A'));
        await member.StopAsync();

        // Nothing of it comes again to the next one.
        var next = rig.Member();
        await rig.WriteAsync(2, 'A', 201);
        await Wait.UntilAsync(() => next.Of('A').Any());
        Assert.Equal("201", next.Text('A'));
        await next.StopAsync();
    }

    [Fact]
    public async Task A_replay_of_what_still_cannot_be_used_keeps_the_rest_behind_it()
    {
        await using var rig = await StartAsync();
        var member = rig.Member();
        await rig.WriteBadAsync(0, 'A');
        await rig.WriteAsync(0, 'A', 1, 2);
        await rig.HeldAsync(0, 'A', 3);

        var answer = await rig.AskAsync(0, 'A', ControlKind.Replay);

        Assert.Equal(ControlKind.Kept, answer?.Kind);
        Assert.Equal(FactRecord.BadValue, answer?.Reason);
        Assert.Equal("", member.Text('A'));
        await rig.HeldAsync(0, 'A', 3);

        // The first one is given up, and those behind it have their effect.
        var key = await rig.HeldAsync(0, 'A', 3);
        answer = await rig.AskAsync(0, 'A', ControlKind.Drop, key.Held.First().At);
        Assert.Equal(ControlKind.Released, answer?.Kind);
        await Wait.UntilAsync(() => member.Text('A') == "1 2");
        await member.StopAsync();
    }

    [Fact]
    public async Task A_drop_gives_up_what_the_operator_saw_and_no_more()
    {
        await using var rig = await StartAsync();
        var member = rig.Member();
        await rig.WriteAsync(0, 'A', Poison, 1, 2);
        var seen = await rig.HeldAsync(0, 'A', 3);
        await rig.WriteAsync(0, 'A', 3, 4);
        await rig.HeldAsync(0, 'A', 5);

        var answer = await rig.AskAsync(0, 'A', ControlKind.Drop, seen.Held.Last().At);
        await rig.WriteAsync(0, 'A', 5);

        Assert.Equal(ControlKind.Released, answer?.Kind);
        await Wait.UntilAsync(() => member.Text('A') == "3 4 5");
        Assert.Null(await rig.FindAsync(0, 'A'));
        await member.StopAsync();
    }

    [Fact]
    public async Task A_replay_that_is_cut_short_begins_again_and_keeps_the_order()
    {
        await using var rig = await StartAsync();
        var first = rig.Member();
        await rig.WriteAsync(0, 'A', [Poison, .. Enumerable.Range(100, 30)]);
        await rig.HeldAsync(0, 'A', 31);
        await first.StopAsync();
        rig.IsMended = true;

        // Asked for while nobody is there, twice; and the first who does it ends in the midst.
        Assert.Null(await rig.AskAsync(0, 'A', ControlKind.Replay, wait: TimeSpan.FromMilliseconds(10)));
        Assert.Null(await rig.AskAsync(0, 'A', ControlKind.Replay, wait: TimeSpan.FromMilliseconds(10)));
        await foreach (var batch in rig.Rig.Stream().ReadAsync(new Dictionary<int, long>(), Cancellation))
        {
            if (batch.Facts.Count > 0)
            {
                Assert.Equal(Poison, batch.Facts[0].Fact.Note.PackageCount);
                break;
            }
        }

        await rig.WriteAsync(0, 'A', 130);
        var second = rig.Member();

        await Wait.UntilAsync(() => second.Of('A').LastOrDefault() == 130);
        Assert.Equal([Poison, .. Enumerable.Range(100, 31)], second.Of('A'));
        await second.StopAsync();
    }

    [Fact]
    public async Task A_fact_that_comes_in_the_midst_of_a_replay_is_handed_over_behind_it()
    {
        await using var rig = await StartAsync();
        var first = rig.Member();
        await rig.WriteAsync(0, 'A', [Poison, .. Enumerable.Range(100, 60)]);
        await rig.HeldAsync(0, 'A', 61);
        await first.StopAsync();
        rig.IsMended = true;
        Assert.Null(await rig.AskAsync(0, 'A', ControlKind.Replay, wait: TimeSpan.FromMilliseconds(10)));

        // So slow that the end of the dead letters is seen long before the last of them is handed over.
        var second = rig.Member((_, _) => Cancellation.WaitHandle.WaitOne(60));
        await Wait.UntilAsync(() => second.Of('A').Count() > 7);
        await rig.WriteAsync(0, 'A', 160);

        await Wait.UntilAsync(() => second.Of('A').LastOrDefault() == 160);
        Assert.Equal([Poison, .. Enumerable.Range(100, 61)], second.Of('A'));
        await second.StopAsync();
    }

    [Fact]
    public async Task A_record_without_a_key_is_parked_alone()
    {
        await using var rig = await StartAsync();
        var member = rig.Member();
        await rig.SendAsync(3, new() { Value = [0xFF] });
        await rig.SendAsync(3, new() { Key = [], Value = [0xFF], Headers = [] });
        await rig.WriteAsync(3, 'A', 1, 2);

        await Wait.UntilAsync(() => member.Text('A') == "1 2");
        var keys = (await rig.Desk.ReadAsync(Cancellation)).Single(one => one.Partition == 3).Keys;
        Assert.Equal(["@3-0", "@3-1"], keys.Keys.Select(one => one.Key).Order());
        Assert.Equal(ControlKind.Released, (await rig.Desk.AskAsync(
            3, keys.Find("@3-0")!, ControlKind.Drop, keys.Find("@3-0")!.Held.First().At, "", TimeSpan.FromSeconds(60),
            Cancellation))?.Kind);
        await member.StopAsync();
    }

    [Fact]
    public async Task A_fact_in_the_partition_of_another_shard_is_parked()
    {
        await using var rig = await StartAsync();
        var member = rig.Member();
        await rig.SendAsync(1, rig.Record(0, 'A', 1));
        await rig.WriteAsync(1, 'B', 1);

        await Wait.UntilAsync(() => member.Text('B') == "1");
        Assert.Equal(FactRecord.BadPosition, (await rig.HeldAsync(1, 'A', 1)).Held.First().Code);
        await member.StopAsync();
    }

    [Fact]
    public async Task A_partition_with_too_many_parked_keys_stands_still_and_others_go_on()
    {
        await using var rig = await StartAsync(options => options with
        {
            Kafka = options.Kafka with { ParkedKeysMax = 2 },
        });
        var member = rig.Member();
        await rig.WriteAsync(0, 'A', Poison);
        await rig.WriteAsync(0, 'B', Poison);
        await rig.WriteAsync(0, 'C', Poison);
        await rig.WriteAsync(0, 'D', 1);
        await rig.WriteAsync(1, 'E', 1);

        await Wait.UntilAsync(() => member.Text('E') == "1");
        await rig.HeldAsync(0, 'B', 1);
        Assert.Equal("", member.Text('D'));
        Assert.Null(await rig.FindAsync(0, 'C'));

        var key = await rig.HeldAsync(0, 'A', 1);
        await rig.AskAsync(0, 'A', ControlKind.Drop, key.Held.First().At);
        await Wait.UntilAsync(() => member.Text('D') == "1");
        await rig.HeldAsync(0, 'C', 1);
        await member.StopAsync();
    }

    [Fact]
    public async Task A_parked_record_keeps_what_it_was_and_says_where_it_stood()
    {
        await using var rig = await StartAsync();
        var member = rig.Member();
        var record = rig.Record(0, 'A', Poison);
        record.Headers.Add("ecmr_control", Encoding.UTF8.GetBytes("RELEASED"));
        await rig.SendAsync(0, record);
        await rig.HeldAsync(0, 'A', 1);
        await member.StopAsync();

        var dead = Assert.Single(await WrittenTopic.ReadAsync(
            rig.Rig.Options.Kafka.BootstrapServers, $"{rig.Rig.Options.Kafka.Topic}.dlt", 4, 1));
        Assert.Equal(record.Value, dead.Message.Value);
        Assert.Equal(record.Key, dead.Message.Key);
        Assert.Equal("0:0", WrittenTopic.Header(dead, "ce_id"));
        Assert.Equal(rig.Rig.Options.Kafka.Topic, WrittenTopic.Header(dead, DeadLetterHeaders.Topic));
        Assert.Equal("0", WrittenTopic.Header(dead, DeadLetterHeaders.Partition));
        Assert.Equal("0", WrittenTopic.Header(dead, DeadLetterHeaders.Offset));
        Assert.Equal(FactRecord.BadFact, WrittenTopic.Header(dead, DeadLetterHeaders.Code));
        Assert.NotEmpty(WrittenTopic.Header(dead, DeadLetterHeaders.Time));
        Assert.Equal("", WrittenTopic.Header(dead, ControlHeaders.Control));
    }

    private async Task<ParkedRig> StartAsync(Func<StreamOptions, StreamOptions>? change = null) =>
        await ParkedRig.StartAsync((await kafka.KafkaAsync()).BootstrapServers, change);
}
