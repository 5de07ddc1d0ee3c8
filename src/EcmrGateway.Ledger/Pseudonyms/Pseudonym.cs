using System.Buffers.Binary;
using System.Buffers.Text;

namespace EcmrGateway.Ledger.Pseudonyms;

/// <summary>Keyed hash in place of what identifies: 16 bytes, most significant first.</summary>
public readonly record struct Pseudonym(UInt128 Value)
{
    public const int Length = 16;

    /// <exception cref="ArgumentException">Not 16 bytes.</exception>
    public static Pseudonym FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : throw new ArgumentException("A pseudonym has 16 bytes.", nameof(bytes));

    /// <summary>Reads the form of <see cref="ToString"/>.</summary>
    public static bool TryParse(string text, out Pseudonym pseudonym)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length == 22 && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == Length)
        {
            pseudonym = FromBytes(bytes);
            return true;
        }

        pseudonym = default;
        return false;
    }

    public void WriteTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        WriteTo(bytes);
        return bytes;
    }

    /// <summary>Base64url without padding: 22 characters.</summary>
    public override string ToString() => Base64Url.EncodeToString(ToBytes());
}
