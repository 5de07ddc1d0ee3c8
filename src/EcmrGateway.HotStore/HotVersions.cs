using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EcmrGateway.HotStore;

/// <summary>Makes versions that no other process makes: a random beginning, then one after the other.</summary>
public sealed class HotVersions
{
    private ulong _last = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    public HotVersion Next()
    {
        var next = Interlocked.Increment(ref _last);
        return next == 0 ? Next() : new(next);
    }
}
