using System.Runtime.CompilerServices;
using EcmrGateway.Client.Dialects;
using EcmrGateway.Client.Dialects.Uncefact;
using EcmrGateway.Client.Json;

namespace EcmrGateway.Cli.Input;

/// <summary>Notes from files, folders and standard input; what a file is shows in its first characters.</summary>
/// <remarks>
/// &lt; starts an XML message of UN/CEFACT. { starts JSON: one note over the whole file, or one on each line. Of a
/// folder the files *.json, *.jsonl and *.xml are read in the order of their names, without receipts and without
/// sub-folders.
/// </remarks>
internal static class NoteFiles
{
    private const int BytesOfXmlMax = 8 * 1024 * 1024;

    /// <exception cref="CliUsageException">A path does not exist.</exception>
    public static void Check(IEnumerable<string> paths) => _ = paths.SelectMany(Expand).Count();

    /// <param name="paths">Files, folders, or - for standard input.</param>
    /// <exception cref="CliUsageException">A path does not exist.</exception>
    public static async IAsyncEnumerable<NoteInput> ReadAsync(
        IEnumerable<string> paths, Stream standardInput, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var path in paths.SelectMany(Expand))
        {
            var stream = path == "-" ? standardInput : File.OpenRead(path);
            await using (stream.ConfigureAwait(false))
            {
                await foreach (var note in ReadAsync(path, stream, cancellation).ConfigureAwait(false))
                {
                    yield return note;
                }
            }
        }
    }

    private static IEnumerable<string> Expand(string path)
    {
        if (path == "-" || File.Exists(path))
        {
            return [path];
        }

        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path).Where(IsNote).Order(StringComparer.Ordinal)
            : throw new CliUsageException($"There is no file or folder '{path}'.");
    }

    private static bool IsNote(string file) =>
        Path.GetExtension(file) is ".json" or ".jsonl" or ".xml"
        && !file.EndsWith(ReceiptFiles.Suffix, StringComparison.Ordinal);

    private static async IAsyncEnumerable<NoteInput> ReadAsync(
        string name, Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lines = new LineReader(stream, NoteJson.BytesMax);
        var start = await lines.PeekAsync(cancellation).ConfigureAwait(false);
        if (start == '<')
        {
            var xml = await lines.RestAsync(BytesOfXmlMax, cancellation).ConfigureAwait(false);
            yield return xml is null
                ? TooLarge(name, BytesOfXmlMax)
                : new(name, UncefactEcmr.Read(new MemoryStream(xml, writable: false)));
            yield break;
        }

        var number = 1;
        var first = await lines.NextAsync(cancellation).ConfigureAwait(false);
        for (; first is { IsWhole: true, Bytes.Length: 0 }; number++)
        {
            first = await lines.NextAsync(cancellation).ConfigureAwait(false);
        }

        if (first is { IsWhole: true } && !IsWholeJson(first.Bytes))
        {
            // The first line is no document of its own: the file is one document over many lines.
            var rest = await lines.RestAsync(NoteJson.BytesMax, cancellation).ConfigureAwait(false);
            yield return rest is null
                ? TooLarge(name, NoteJson.BytesMax)
                : new(name, NoteJson.Read((byte[])[.. first.Bytes.Span, (byte)'\n', .. rest]));
            yield break;
        }

        for (var line = first; line is not null; number++)
        {
            var source = number == 1 && lines.AtEnd ? name : $"{name}:{number}";
            if (!line.IsWhole)
            {
                yield return TooLarge(source, NoteJson.BytesMax);
            }
            else if (line.Bytes.Length > 0)
            {
                yield return new(source, NoteJson.Read(line.Bytes));
            }

            line = await lines.NextAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static bool IsWholeJson(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(line);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private static NoteInput TooLarge(string source, int limit) => new(source, new NoteReading(
        null, [new(RemarkKind.Unreadable, "/", $"The document has more than {limit} bytes.")]));
}
