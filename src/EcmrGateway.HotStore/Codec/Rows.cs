using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Rows of a fixed width, one after the other, as ecmr.scores.v1 describes them.</summary>
/// <remarks>
/// A row is a structure without gaps, and its bytes are those of memory: so it takes a processor that is little-endian,
/// as all are that .NET is built for by default.
/// </remarks>
internal static class Rows
{
    public static Span<T> New<T>(int count, out ByteString bytes)
        where T : unmanaged
    {
        var rows = new byte[count * Unsafe.SizeOf<T>()];
        bytes = UnsafeByteOperations.UnsafeWrap(rows);
        return MemoryMarshal.Cast<byte, T>(rows.AsSpan());
    }

    public static ByteString Write<T>(List<T> rows)
        where T : unmanaged
    {
        CollectionsMarshal.AsSpan(rows).CopyTo(New<T>(rows.Count, out var bytes));
        return bytes;
    }

    /// <exception cref="InvalidDataException">These are no whole rows.</exception>
    public static ReadOnlySpan<T> Read<T>(ByteString bytes)
        where T : unmanaged => bytes.Length % Unsafe.SizeOf<T>() == 0
        ? MemoryMarshal.Cast<byte, T>(bytes.Span)
        : throw new InvalidDataException("Rows end within a row.");

    /// <summary>Takes the next rows of those that several others share.</summary>
    /// <param name="rest">Those that are left.</param>
    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public static ReadOnlySpan<T> Take<T>(ref ReadOnlySpan<T> rest, int count)
        where T : unmanaged
    {
        if ((uint)count > (uint)rest.Length)
        {
            throw new InvalidDataException("Rows name more than there are.");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
