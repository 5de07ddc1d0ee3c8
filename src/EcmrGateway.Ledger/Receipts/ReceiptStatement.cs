using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using EcmrGateway.Ledger.Merkle;

namespace EcmrGateway.Ledger.Receipts;

/// <summary>What a statement says, apart from the log it is in.</summary>
internal readonly record struct StatedEntry(
    long Position, EntryKind Kind, string Id, int Version, long ReceivedMilliseconds, ReadOnlyMemory<byte> Salt,
    ReadOnlyMemory<byte> ContentSha256)
{
    /// <summary>Whether the content was destroyed, and with it what leads from it to the commitment.</summary>
    public bool IsErased => Salt.IsEmpty;
}

/// <summary>The statement of a receipt: JSON in the canonical form of RFC 8785, the same bytes each time.</summary>
internal sealed class ReceiptStatement(string logId)
{
    /// <summary>Version of the statement's form, its member "v".</summary>
    private const int Form = 1;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    /// <summary>Longest statement: 64 characters of id, each escaped to 6 bytes, and 320 for the rest.</summary>
    public const int BytesMax = 1024;

    public byte[] Of(in StatedEntry entry)
    {
        Span<byte> bytes = stackalloc byte[BytesMax];
        return bytes[..Write(entry, bytes)].ToArray();
    }

    /// <returns>Number of bytes written.</returns>
    public int Write(in StatedEntry entry, Span<byte> destination)
    {
        Span<byte> commitment = stackalloc byte[MerkleHash.Length];
        Commit(entry.Salt.Span, entry.ContentSha256.Span, commitment);
        var hex = Convert.ToHexStringLower(commitment);
        var kind = NameOf(entry.Kind);
        var time = DateTimeOffset.FromUnixTimeMilliseconds(entry.ReceivedMilliseconds);

        // Members in the order of their names, numbers without exponent below 2^53: RFC 8785, 3.2.
        Utf8.TryWrite(
            destination, CultureInfo.InvariantCulture,
            $"{{\"commitment\":\"{hex}\",\"id\":\"{Escape(entry.Id)}\",\"kind\":\"{kind}\",\"log\":\"{logId}\",",
            out var written);
        Utf8.TryWrite(
            destination[written..], CultureInfo.InvariantCulture,
            $"\"position\":{entry.Position},\"receivedTime\":\"{time:yyyy-MM-ddTHH:mm:ss.fff}Z\",\"v\":{Form},",
            out var more);
        written += more;
        Utf8.TryWrite(
            destination[written..], CultureInfo.InvariantCulture, $"\"version\":{entry.Version}}}", out more);
        written += more;
        return written;
    }

    /// <summary>SHA-256(salt || content hash): hides the content from who has only the statement.</summary>
    public static void Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> contentSha256, Span<byte> destination)
    {
        Span<byte> input = stackalloc byte[2 * MerkleHash.Length];
        salt.CopyTo(input);
        contentSha256.CopyTo(input[MerkleHash.Length..]);
        SHA256.HashData(input, destination);
    }

    public static string NameOf(EntryKind kind) => kind switch
    {
        EntryKind.Genesis => "genesis",
        EntryKind.Note => "note",
        EntryKind.Outcome => "outcome",
        EntryKind.Access => "access",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of entry."),
    };

    /// <summary>
    /// RFC 8785, 3.2.2.2: quotation mark, backslash and control characters are escaped, nothing else.
    /// </summary>
    private static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Escaped))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 8);
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => escaped.Append(character),
            };
        }

        return escaped.ToString();
    }
}
