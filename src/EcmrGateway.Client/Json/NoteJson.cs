using System.Text;
using System.Text.Json;
using Ecmr.Note.V1;
using EcmrGateway.Client.Dialects;
using Google.Protobuf;

namespace EcmrGateway.Client.Json;

/// <summary>The canonical JSON of a note: the proto3 JSON form of ecmr.note.v1.ConsignmentNote.</summary>
public static class NoteJson
{
    /// <summary>Largest document that is read, bytes.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>Deepest nesting that is read; a full note has 8.</summary>
    public const int DepthMax = 32;

    private static readonly JsonFormatter Compact = new(JsonFormatter.Settings.Default);
    private static readonly JsonFormatter Indented = new(JsonFormatter.Settings.Default.WithIndentation());
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(false));
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads a note. Unknown fields and wrong types are told by path, all of them, and then there is no note.
    /// </summary>
    public static NoteReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > BytesMax)
        {
            return NoteReading.Unreadable("$", $"The document has {utf8.Length} bytes; at most {BytesMax} are read.");
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = DepthMax });
            var remarks = NoteJsonShape.Check(document.RootElement);
            return remarks.Count > 0
                ? new(null, remarks)
                : new(Parser.Parse<ConsignmentNote>(StrictUtf8.GetString(utf8.Span)), []);
        }
        catch (JsonException exception)
        {
            return NoteReading.Unreadable(exception.Path ?? "$", "Not JSON, or nested too deeply: " + Place(exception));
        }
        catch (Exception exception) when (
            exception is InvalidProtocolBufferException or InvalidJsonException or DecoderFallbackException)
        {
            return NoteReading.Unreadable("$", exception.Message);
        }
    }

    /// <summary>One line.</summary>
    public static string Write(ConsignmentNote note) => Compact.Format(note);

    /// <summary>For people.</summary>
    public static string WriteIndented(ConsignmentNote note) => Indented.Format(note);

    private static string Place(JsonException exception) =>
        $"line {(exception.LineNumber ?? 0) + 1}, byte {(exception.BytePositionInLine ?? 0) + 1}.";
}
