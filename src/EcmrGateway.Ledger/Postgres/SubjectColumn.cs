using System.Buffers.Binary;

namespace EcmrGateway.Ledger.Postgres;

/// <summary>A subject's pseudonym as a uuid: 16 bytes in the same order, nothing else of a UUID.</summary>
internal static class SubjectColumn
{
    public static Guid Of(UInt128 pseudonym)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, pseudonym);
        return new(bytes, bigEndian: true);
    }
}
