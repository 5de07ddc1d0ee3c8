using System.Text;
using Ecmr.Receipt.V1;
using Google.Protobuf;

namespace EcmrGateway.Cli.Input;

/// <summary>Receipts in files: their proto3 JSON form.</summary>
internal static class ReceiptFiles
{
    public const string Suffix = ".receipt.json";

    private const int BytesMax = 256 * 1024;

    /// <exception cref="CliUsageException">It is no receipt.</exception>
    public static Receipt Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new CliUsageException($"There is no file '{file}'.");
        }

        if (new FileInfo(file).Length > BytesMax)
        {
            throw new CliUsageException($"'{file}' has more than {BytesMax} bytes: it is no receipt.");
        }

        try
        {
            return JsonParser.Default.Parse<Receipt>(File.ReadAllText(file, Encoding.UTF8));
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new CliUsageException($"'{file}' is no receipt: {exception.Message}");
        }
    }

    /// <param name="noteId">As submitted; it becomes a file name only where it is a UUID.</param>
    public static async Task WriteAsync(string folder, string noteId, Receipt receipt, CancellationToken cancellation)
    {
        if (Guid.TryParseExact(noteId, "D", out var id))
        {
            var file = Path.Combine(folder, id.ToString() + Suffix);
            await File.WriteAllTextAsync(file, JsonFormatter.Default.Format(receipt), cancellation)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Files, and of folders the receipts in them.</summary>
    /// <exception cref="CliUsageException">
    /// A folder has none: it is another one than was meant, and nothing would be verified without a word.
    /// </exception>
    public static IReadOnlyList<string> Expand(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] receipts = [.. Directory.EnumerateFiles(path, "*" + Suffix).Order(StringComparer.Ordinal)];
        return receipts.Length > 0
            ? receipts
            : throw new CliUsageException($"There is no receipt in '{path}': no file *{Suffix}.");
    }
}
