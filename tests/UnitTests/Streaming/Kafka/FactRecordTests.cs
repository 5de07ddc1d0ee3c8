using System.Text;
using Confluent.Kafka;
using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using EcmrGateway.Streaming.Kafka;
using Google.Protobuf;
using Xunit;

namespace EcmrGateway.UnitTests.Streaming.Kafka;

public sealed class FactRecordTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static readonly DateTimeOffset Received = new(2026, 3, 1, 23, 59, 59, 123, TimeSpan.Zero);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var received = Received.AddTicks(4567);
        var fact = new Fact { Note = new() { PackageCount = 3 } };

        var read = FactRecord.Read(Reread(FactRecord.Of(
            new(LedgerPosition.Of(5, 77), received, fact.ToByteArray(), Trace), "urn:ecmr:test"u8.ToArray()))).Fact;

        Assert.NotNull(read);
        Assert.Equal(LedgerPosition.Of(5, 77).Value, read.Position);
        Assert.Equal(received, read.ReceivedTime);
        Assert.Equal(TimeSpan.Zero, read.ReceivedTime.Offset);
        Assert.Equal(fact, read.Fact);
        Assert.Equal(Trace, read.TraceParent);
    }

    [Fact]
    public void The_key_is_the_first_pseudonym_that_there_is()
    {
        var movements = new[] { new Movement(), new Movement { Vehicle = Bytes(2) } };
        Assert.Equal(Hex(1), KeyOf(new() { Note = new() { Carrier = Bytes(1), Movements = { movements } } }));
        Assert.Equal(Hex(2), KeyOf(new() { Note = new() { Consignor = Bytes(3), Movements = { movements } } }));
        Assert.Equal(Hex(3), KeyOf(new() { Note = new() { Consignor = Bytes(3) } }));
        Assert.Equal("5:77", KeyOf(new() { Note = new() }));
        Assert.Equal(Hex(1), KeyOf(new() { Inspection = new() { Carrier = Bytes(1), Vehicle = Bytes(2) } }));
        Assert.Equal(Hex(2), KeyOf(new() { Inspection = new() { Vehicle = Bytes(2) } }));
        Assert.Equal("5:77", KeyOf(new()));
    }

    [Fact]
    public void A_fact_that_is_cut_short_has_the_key_that_stands_before_the_cut_or_its_position()
    {
        var whole = new Fact { Note = new() { ReceivedMs = 1, Carrier = Bytes(1), PackageCount = 3 } }.ToByteArray();
        var carried = whole.AsSpan().IndexOf(Bytes(1).Span) + 16;

        for (var length = 0; length < whole.Length; length++)
        {
            Assert.Equal(length < carried ? "5:77" : Hex(1), KeyOfBytes(whole[..length]));
        }
    }

    [Fact]
    public void A_fact_of_another_kind_has_its_position_as_key() =>
        Assert.Equal("5:77", KeyOfBytes([0x1A, 2, 0x12, 0, 0x08, 1]));

    [Fact]
    public void Without_a_trace_there_is_no_header_of_it()
    {
        var record = FactRecord.Of(new(LedgerPosition.Of(0, 1), Received, ReadOnlyMemory<byte>.Empty, ""), []);

        Assert.False(record.Headers.TryGetLastBytes("traceparent", out _));
    }

    [Theory]
    [InlineData("ce_id", "", FactRecord.BadPosition)]
    [InlineData("ce_id", "5", FactRecord.BadPosition)]
    [InlineData("ce_id", "5:", FactRecord.BadPosition)]
    [InlineData("ce_id", ":5", FactRecord.BadPosition)]
    [InlineData("ce_id", "-1:5", FactRecord.BadPosition)]
    [InlineData("ce_id", "4096:5", FactRecord.BadPosition)]
    [InlineData("ce_id", "0:1099511627776", FactRecord.BadPosition)]
    [InlineData("ce_type", "ecmr.facts.v2.Fact", FactRecord.OtherType)]
    [InlineData("ce_time", "yesterday", FactRecord.BadTime)]
    public void A_record_with_another_header_is_no_fact(string header, string value, string code)
    {
        var record = Reread(FactRecord.Of(new(LedgerPosition.Of(5, 77), Received, ReadOnlyMemory<byte>.Empty, ""), []));
        record.Headers.Remove(header);
        record.Headers.Add(header, Encoding.UTF8.GetBytes(value));

        var read = FactRecord.Read(record);

        Assert.Null(read.Fact);
        Assert.Equal(code, read.Fault);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(new byte[] { 0xFF })]
    public void A_record_with_another_value_is_no_fact(byte[]? value)
    {
        var record = Reread(FactRecord.Of(new(LedgerPosition.Of(5, 77), Received, ReadOnlyMemory<byte>.Empty, ""), []));
        record.Value = value;

        Assert.Equal(new(null, FactRecord.BadValue), FactRecord.Read(record));
    }

    [Fact]
    public void Damaged_bytes_of_the_ledger_are_no_fact() => Assert.Equal(
        new(null, FactRecord.BadValue),
        FactRecord.OfLedger(new(LedgerPosition.Of(5, 77), Received, new byte[] { 0xFF }, "")));

    [Fact]
    public void A_record_without_headers_is_no_fact() =>
        Assert.Equal(new(null, FactRecord.BadPosition), FactRecord.Read(new() { Value = [] }));

    private static string KeyOf(Fact fact) => KeyOfBytes(fact.ToByteArray());

    private static string KeyOfBytes(byte[] fact) =>
        Encoding.UTF8.GetString(FactRecord.Of(new(LedgerPosition.Of(5, 77), Received, fact, ""), []).Key);

    private static ByteString Bytes(byte value) => ByteString.CopyFrom(Enumerable.Repeat(value, 16).ToArray());

    private static string Hex(byte value) => Convert.ToHexStringLower(Bytes(value).Span);

    private static Message<byte[]?, byte[]?> Reread(Message<byte[], byte[]> record) =>
        new() { Key = record.Key, Value = record.Value, Headers = record.Headers };
}
