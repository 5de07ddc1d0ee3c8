using System.Text;
using Confluent.Kafka;
using EcmrGateway.DeadLetters;
using Xunit;

namespace EcmrGateway.UnitTests.DeadLetters;

public sealed class ParkedKeysTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 20, 0, TimeSpan.Zero);

    private readonly ParkedKeys _keys = new();
    private long _at;

    [Fact]
    public void Records_of_a_key_are_held_in_order_and_once()
    {
        Park("a", 5, "BAD_FACT");
        Park("a", 6, "BEHIND");
        Park("b", 7, "BAD_VALUE");
        Park("a", 5, "BAD_FACT");
        Park("a", 6, "BEHIND");
        Park("a", 8, "BEHIND");

        Assert.Equal([5, 6, 8], _keys.Find("a")!.Held.Select(one => one.Offset));
        Assert.Equal(2, _keys.Count);
        Assert.Equal(4, _keys.Records);
        Assert.Equal(ParkedState.Parked, _keys.Find("a")!.State);
        Assert.Null(_keys.Find("c"));
    }

    [Fact]
    public void A_release_frees_the_key_and_another_one_stays()
    {
        Park("a", 5, "BAD_FACT");
        Park("b", 6, "BAD_FACT");
        Say("a", ControlKind.Replay);
        Assert.Equal(ParkedState.ReplayAsked, _keys.Find("a")!.State);

        Say("a", ControlKind.Released, through: 0);

        Assert.Null(_keys.Find("a"));
        Assert.NotNull(_keys.Find("b"));
        Assert.Equal(1, _keys.Records);
    }

    [Fact]
    public void What_was_parked_after_a_release_waits_for_its_own()
    {
        Park("a", 5, "BAD_FACT");
        Park("a", 9, "BAD_FACT");
        Say("a", ControlKind.Released, through: 0);

        Assert.Equal([9], _keys.Find("a")!.Held.Select(one => one.Offset));
    }

    [Fact]
    public void A_drop_gives_up_records_and_waits_for_the_process_that_releases()
    {
        Park("a", 5, "BAD_FACT");
        Park("a", 6, "BEHIND");
        Say("a", ControlKind.Drop, through: 0, reason: "ticket");

        var key = _keys.Find("a")!;
        Assert.Equal([6], key.Held.Select(one => one.Offset));
        Assert.Equal((ParkedState.DropAsked, "ticket"), (key.State, key.Note));
    }

    [Fact]
    public void A_key_that_was_kept_waits_for_an_operator_again()
    {
        Park("a", 5, "BAD_FACT");
        Park("a", 6, "BAD_FACT");
        Say("a", ControlKind.Replay);
        Say("a", ControlKind.Kept, through: 0, reason: "BAD_FACT");

        var key = _keys.Find("a")!;
        Assert.Equal([6], key.Held.Select(one => one.Offset));
        Assert.Equal((ParkedState.Parked, "BAD_FACT"), (key.State, key.Note));
    }

    [Fact]
    public void A_key_whose_record_is_on_its_way_is_not_freed()
    {
        Park("a", 5, "BAD_FACT");
        _keys.Put("a"u8.ToArray(), 9, Now);
        Say("a", ControlKind.Released, through: 0);

        Assert.False(_keys.Find("a")!.IsFollowed);
        Park("a", 9, "BAD_FACT");
        Assert.True(_keys.Find("a")!.IsFollowed);
    }

    [Fact]
    public void What_is_said_of_a_key_that_is_not_parked_says_nothing()
    {
        Say("a", ControlKind.Drop, through: 3);

        Assert.Equal(0, _keys.Count);
    }

    [Theory]
    [InlineData("a1-b:c", "a1-b:c")]
    [InlineData("a b", "hex:612062")]
    [InlineData("é", "hex:c3a9")]
    [InlineData("", "hex:")]
    public void A_key_is_text_that_can_be_typed(string key, string text) =>
        Assert.Equal(text, KeyText.Of(Encoding.UTF8.GetBytes(key)));

    [Fact]
    public void A_long_key_is_its_hash() =>
        Assert.Matches("^sha256:[0-9a-f]{64}$", KeyText.Of(new byte[10_000]));

    [Fact]
    public void Records_that_are_none_of_ours_say_nothing()
    {
        Assert.Null(DeadLetterRecord.Read(Record(new() { Key = null, Headers = [] })));
        Assert.Null(DeadLetterRecord.Read(Record(new() { Key = [1], Headers = null })));
        Assert.Null(DeadLetterRecord.Read(Record(new() { Key = [1], Headers = Headers("ecmr_control", "EXPLODE") })));
        Assert.Null(DeadLetterRecord.Read(Record(new() { Key = [1], Headers = Headers("ecmr_control", "7") })));
        Assert.Null(DeadLetterRecord.Read(
            Record(new() { Key = [1], Headers = Headers("ecmr_original_offset", "seven") })));
    }

    private void Park(string key, long offset, string code)
    {
        var record = new ConsumeResult<byte[]?, byte[]?>
        {
            Topic = "facts",
            Partition = 0,
            Offset = offset,
            Message = new() { Key = Encoding.UTF8.GetBytes(key), Value = [1, 2], Headers = [] },
        };
        Apply(DeadLetterRecord.Park(record, code, Now));
    }

    private void Say(string key, ControlKind kind, long through = -1, string reason = "") =>
        Apply(DeadLetterRecord.Control(Encoding.UTF8.GetBytes(key), kind, through, reason, Now));

    /// <summary>As it is read from the topic.</summary>
    private void Apply(Message<byte[]?, byte[]?> message)
    {
        var record = Record(message);
        record.Offset = _at++;
        _keys.Apply(DeadLetterRecord.Read(record)!);
    }

    private static ConsumeResult<byte[]?, byte[]?> Record(Message<byte[]?, byte[]?> message) =>
        new() { Topic = "facts.dlt", Partition = 0, Offset = 0, Message = message };

    private static Headers Headers(string name, string value) => new() { { name, Encoding.UTF8.GetBytes(value) } };
}
