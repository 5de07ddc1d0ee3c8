namespace EcmrGateway.Client;

/// <summary>Identifiers that come from content, so that the same content has the same one.</summary>
internal static class NoteUuid
{
    /// <summary>A UUID of version 8 (RFC 9562, 5.8): the bytes are ours, the form is the standard's.</summary>
    /// <param name="bytes">16 bytes.</param>
    public static string From(ReadOnlySpan<byte> bytes)
    {
        Span<byte> id = stackalloc byte[16];
        bytes.CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true).ToString();
    }
}
