using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using Ecmr.Facts.V1;
using EcmrGateway.Ledger;
using Google.Protobuf;

namespace EcmrGateway.Streaming.Kafka;

/// <summary>What a record of the topic was read as.</summary>
/// <param name="Fact">Null: it is no fact of ours, or one that is in the ledger alone.</param>
/// <param name="Fault">Code of what is wrong; empty: nothing.</param>
/// <param name="Claim">Where in the ledger the fact is that was too large for the topic; null: it was not.</param>
internal readonly record struct ReadRecord(StreamedFact? Fact, string Fault, LedgerPosition? Claim = null)
{
    public bool IsUsable => Fact is not null && Fault.Length == 0;
}

/// <summary>Facts as records: CloudEvents 1.0, binary mode of its Kafka binding.</summary>
internal static class FactRecord
{
    public const string Type = "ecmr.facts.v1.Fact";

    /// <summary>No position: not written by a relay.</summary>
    public const string BadPosition = "BAD_POSITION";

    /// <summary>No time of reception.</summary>
    public const string BadTime = "BAD_TIME";

    /// <summary>Not of the type that the topic is for.</summary>
    public const string OtherType = "OTHER_TYPE";

    /// <summary>The bytes are no fact.</summary>
    public const string BadValue = "BAD_VALUE";

    /// <summary>A fact, and not one that the consumer can use: of a newer schema, or against it.</summary>
    public const string BadFact = "BAD_FACT";

    /// <summary>The ledger does not have the fact that the record refers to.</summary>
    public const string BadClaim = "BAD_CLAIM";

    /// <summary>Nothing is wrong with it, but a record of its key that came before is parked.</summary>
    public const string Behind = "BEHIND";

    /// <summary>
    /// Bytes of a record, at most, and of a batch of them: the client's default. The largest fact that the ledger takes
    /// is about a quarter of it.
    /// </summary>
    internal const int BytesMax = 1_000_000;

    private const string IdHeader = "ce_id";
    private const string TypeHeader = "ce_type";
    private const string TimeHeader = "ce_time";
    private const string TraceHeader = "traceparent";

    /// <summary>CloudEvents extension "dataref": where the data is that the record does not have.</summary>
    private const string ReferenceHeader = "ce_dataref";

    private const string ReferencePrefix = "urn:ecmr:ledger:";

    private static readonly Header SpecVersion = new("ce_specversion", "1.0"u8.ToArray());
    private static readonly Header TypeOfEvent = new(TypeHeader, Encoding.UTF8.GetBytes(Type));
    private static readonly Header Schema = new("ce_dataschema", "urn:ecmr:schema:ecmr.facts.v1"u8.ToArray());
    private static readonly Header ContentType = new("content-type", "application/protobuf"u8.ToArray());

    /// <param name="source">CloudEvents source, UTF-8.</param>
    /// <param name="byReference">Without the fact, which is read from the ledger then.</param>
    /// <remarks>
    /// The time of the record is left to the client: retention counts by it, and what is relayed late would be gone at
    /// once.
    /// </remarks>
    public static Message<byte[], byte[]> Of(RecordedFact fact, byte[] source, bool byReference = false)
    {
        var id = fact.Position.ToString();
        var value = ArrayOf(fact.Fact);
        var headers = new Headers
        {
            SpecVersion,
            { IdHeader, Encoding.UTF8.GetBytes(id) },
            { "ce_source", source },
            TypeOfEvent,
            { TimeHeader, TextOf(fact.ReceivedTime) },
            Schema,
            ContentType,
        };
        if (fact.TraceParent.Length > 0)
        {
            headers.Add(TraceHeader, Encoding.UTF8.GetBytes(fact.TraceParent));
        }

        if (byReference)
        {
            RefersToLedger(headers);
        }

        return new()
        {
            Key = FactKey.Of(value) is { IsEmpty: false } key ? HexOf(key.Span) : Encoding.UTF8.GetBytes(id),
            Value = byReference ? null! : value,
            Headers = headers,
        };
    }

    /// <summary>Makes headers say that the fact is in the ledger, at the position that they have.</summary>
    public static void RefersToLedger(Headers headers)
    {
        headers.Remove(ReferenceHeader);
        headers.Add(ReferenceHeader, Encoding.UTF8.GetBytes(ReferencePrefix + Text(headers, IdHeader)));
    }

    /// <summary>A fact as the ledger has it.</summary>
    public static ReadRecord OfLedger(RecordedFact recorded)
    {
        try
        {
            return new(StreamedFacts.Read(recorded), "");
        }
        catch (InvalidProtocolBufferException)
        {
            return new(null, BadValue);
        }
    }

    public static ReadRecord Read(Message<byte[]?, byte[]?> record)
    {
        if (PositionOf(Text(record.Headers, IdHeader)) is not { } position)
        {
            return new(null, BadPosition);
        }

        if (Text(record.Headers, TypeHeader) != Type)
        {
            return new(null, OtherType);
        }

        if (!DateTimeOffset.TryParse(
            Text(record.Headers, TimeHeader), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind,
            out var received))
        {
            return new(null, BadTime);
        }

        // A record without a value deletes; nothing of the ledger is ever deleted.
        if (record.Value is null)
        {
            return Text(record.Headers, ReferenceHeader) == ReferencePrefix + position
                ? new(null, "", position)
                : new(null, BadValue);
        }

        try
        {
            var fact = Fact.Parser.ParseFrom(record.Value);
            return new(new(position.Value, received, fact, Text(record.Headers, TraceHeader)), "");
        }
        catch (InvalidProtocolBufferException)
        {
            return new(null, BadValue);
        }
    }

    /// <summary>The ledger gives each fact an array of its own, which nobody writes to.</summary>
    private static byte[] ArrayOf(ReadOnlyMemory<byte> fact) =>
        MemoryMarshal.TryGetArray(fact, out var part) && part.Array!.Length == fact.Length
            ? part.Array
            : fact.ToArray();

    /// <summary>RFC 3339, as exact as the ledger.</summary>
    private static byte[] TextOf(DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[40];
        time.UtcDateTime.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        return text[..length].ToArray();
    }

    private static byte[] HexOf(ReadOnlySpan<byte> key)
    {
        var text = new byte[2 * key.Length];
        Convert.TryToHexStringLower(key, text, out _);
        return text;
    }

    private static LedgerPosition? PositionOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var shard)
            && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && shard < LedgerPosition.ShardsMax && index <= LedgerPosition.IndexMax
            ? LedgerPosition.Of(shard, index)
            : null;
    }

    private static string Text(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var bytes) && bytes is not null
            ? Encoding.UTF8.GetString(bytes)
            : "";
}
