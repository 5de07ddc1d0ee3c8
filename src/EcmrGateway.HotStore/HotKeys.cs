using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using EcmrGateway.Risk.Facts;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>Names of the keys. They hold pseudonyms only, 22 characters of base64url.</summary>
/// <remarks>
/// <code>
/// g                        string      generation
/// scored                   hash        progress of scoring, a field for each shard
/// p:c:{carrier}            string      ecmr.scores.v1.CarrierProfile
/// p:s:{consignor}          string      ecmr.scores.v1.ConsignorProfile
/// p:v:{vehicle}            string      ecmr.scores.v1.VehicleProfile
/// a:{vehicle}              string      ecmr.scores.v1.VehicleAssessment
/// rank:{area:hour}         sorted set  member: 16 bytes, the complement of the vehicle; score: points
/// </code>
/// The braces keep what belongs to a vehicle in one slot of a cluster.
/// </remarks>
internal static class HotKeys
{
    public static readonly RedisKey Generation = "g";

    public static readonly RedisKey Progress = "scored";

    public static RedisKey Carrier(SubjectId id) => Of("p:c:{"u8, id);

    public static RedisKey Consignor(SubjectId id) => Of("p:s:{"u8, id);

    public static RedisKey Vehicle(SubjectId id) => Of("p:v:{"u8, id);

    public static RedisKey Assessment(SubjectId id) => Of("a:{"u8, id);

    public static RedisKey Ranking(string area, int hour) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"rank:{{{area}:{hour}}}"));

    /// <summary>
    /// Equal scores come in falling order of members when read from the top; the complement turns that into the
    /// rising order of vehicles, so that the cut at a limit is exact.
    /// </summary>
    public static byte[] Member(SubjectId id)
    {
        var member = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(member, ~id.Value);
        return member;
    }

    public static SubjectId VehicleOf(ReadOnlySpan<byte> member) =>
        new(~BinaryPrimitives.ReadUInt128BigEndian(member));

    private static RedisKey Of(ReadOnlySpan<byte> prefix, SubjectId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id.Value);
        var key = new byte[prefix.Length + 23];
        prefix.CopyTo(key);
        Base64Url.EncodeToUtf8(bytes, key.AsSpan(prefix.Length));
        key[^1] = (byte)'}';
        return key;
    }
}
