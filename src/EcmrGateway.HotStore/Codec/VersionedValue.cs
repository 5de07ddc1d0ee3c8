using System.Buffers.Binary;

namespace EcmrGateway.HotStore.Codec;

/// <summary>A profile's bytes behind its version: 8 bytes, big-endian.</summary>
internal static class VersionedValue
{
    public const int VersionLength = sizeof(ulong);

    public static byte[] Write(HotVersion version, ReadOnlySpan<byte> profile)
    {
        var value = new byte[VersionLength + profile.Length];
        BinaryPrimitives.WriteUInt64BigEndian(value, version.Value);
        profile.CopyTo(value.AsSpan(VersionLength));
        return value;
    }

    /// <summary>The version as a script compares it; nothing for what is not there.</summary>
    public static byte[] Expected(HotVersion version)
    {
        if (version == HotVersion.Absent)
        {
            return [];
        }

        var bytes = new byte[VersionLength];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, version.Value);
        return bytes;
    }

    /// <remarks>A value that is too short to have a version is as one that is not readable.</remarks>
    public static HotVersion VersionOf(ReadOnlySpan<byte> value) => value.Length >= VersionLength
        ? new(BinaryPrimitives.ReadUInt64BigEndian(value))
        : HotVersion.Absent;

    public static ReadOnlyMemory<byte> ProfileOf(ReadOnlyMemory<byte> value) =>
        value.Length >= VersionLength ? value[VersionLength..] : ReadOnlyMemory<byte>.Empty;
}
