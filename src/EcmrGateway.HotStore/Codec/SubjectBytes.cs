using System.Buffers.Binary;
using EcmrGateway.Risk.Facts;
using Google.Protobuf;

namespace EcmrGateway.HotStore.Codec;

/// <summary>Pseudonyms as messages carry them: 16 bytes, most significant first; absent: empty.</summary>
public static class SubjectBytes
{
    public const int Length = 16;

    /// <exception cref="InvalidDataException">Not 16 bytes.</exception>
    public static SubjectId Read(ByteString bytes) => ReadOptional(bytes) ?? throw Malformed();

    /// <returns>Null: absent.</returns>
    /// <exception cref="InvalidDataException">Neither empty nor 16 bytes.</exception>
    public static SubjectId? ReadOptional(ByteString bytes) => bytes.Length switch
    {
        0 => null,
        Length => Read(bytes.Span),
        _ => throw Malformed(),
    };

    /// <param name="bytes">Begins with the 16 bytes.</param>
    internal static SubjectId Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <param name="destination">At least 16 bytes.</param>
    internal static void Write(SubjectId id, Span<byte> destination) =>
        BinaryPrimitives.WriteUInt128BigEndian(destination, id.Value);

    public static ByteString Write(SubjectId? id)
    {
        if (id is not { } present)
        {
            return ByteString.Empty;
        }

        Span<byte> bytes = stackalloc byte[Length];
        Write(present, bytes);
        return ByteString.CopyFrom(bytes);
    }

    private static InvalidDataException Malformed() => new("A pseudonym has 16 bytes.");
}
