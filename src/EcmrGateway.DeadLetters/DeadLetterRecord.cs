using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace EcmrGateway.DeadLetters;

/// <summary>Dead letters as records of their topic.</summary>
public static class DeadLetterRecord
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonLengthMax = 200;

    /// <summary>Headers that begin so are ours; a record that is parked does not keep its own of these.</summary>
    private const string OwnPrefix = "ecmr_";

    /// <summary>CloudEvents id: the position in the ledger.</summary>
    private const string IdHeader = "ce_id";

    private const int IdLengthMax = 40;

    /// <summary>A record as it is parked.</summary>
    public static Message<byte[]?, byte[]?> Park(
        ConsumeResult<byte[]?, byte[]?> record, string code, DateTimeOffset now)
    {
        var headers = new Headers();
        foreach (var header in record.Message.Headers ?? [])
        {
            if (!header.Key.StartsWith(OwnPrefix, StringComparison.Ordinal))
            {
                headers.Add(header.Key, header.GetValueBytes());
            }
        }

        Add(headers, DeadLetterHeaders.Topic, record.Topic);
        Add(headers, DeadLetterHeaders.Partition, Text(record.Partition.Value));
        Add(headers, DeadLetterHeaders.Offset, Text(record.Offset.Value));
        Add(headers, DeadLetterHeaders.Code, code);
        Add(headers, DeadLetterHeaders.Time, Text(now));
        return new()
        {
            Key = KeyText.Of(record.Message.Key, record.Partition.Value, record.Offset.Value),
            Value = record.Message.Value,
            Headers = headers,
        };
    }

    /// <param name="through">Offset on the topic of dead letters; -1: none.</param>
    public static Message<byte[]?, byte[]?> Control(
        byte[] key, ControlKind kind, long through, string reason, DateTimeOffset now)
    {
        var headers = new Headers();
        Add(headers, ControlHeaders.Control, kind.ToString().ToUpperInvariant());
        Add(headers, ControlHeaders.Through, Text(through));
        Add(headers, ControlHeaders.Reason, reason);
        Add(headers, ControlHeaders.Time, Text(now));
        return new() { Key = key, Headers = headers };
    }

    /// <returns>Null: it is not of ours, and says nothing.</returns>
    public static DeadLetter? Read(ConsumeResult<byte[]?, byte[]?> record)
    {
        var message = record.Message;
        if (message.Key is not { Length: > 0 } key)
        {
            return null;
        }

        var headers = message.Headers;
        var control = Header(headers, ControlHeaders.Control);
        if (control.Length > 0)
        {
            return Enum.TryParse<ControlKind>(control, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
                && Number(Header(headers, ControlHeaders.Through)) is { } through
                ? new ControlRecord(
                    record.Offset.Value, KeyText.Of(key), key, Time(Header(headers, ControlHeaders.Time)), kind,
                    through, Header(headers, ControlHeaders.Reason))
                : null;
        }

        if (Number(Header(headers, DeadLetterHeaders.Offset)) is not { } offset)
        {
            return null;
        }

        var id = Header(headers, IdHeader);
        return new ParkedRecord(
            record.Offset.Value, KeyText.Of(key), key, Time(Header(headers, DeadLetterHeaders.Time)), offset,
            Header(headers, DeadLetterHeaders.Code), id.Length <= IdLengthMax ? id : "", message.Value?.Length ?? -1);
    }

    private static void Add(Headers headers, string name, string value) =>
        headers.Add(name, Encoding.UTF8.GetBytes(value));

    private static string Header(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var bytes) && bytes is not null
            ? Encoding.UTF8.GetString(bytes)
            : "";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : DateTimeOffset.UnixEpoch;
}
