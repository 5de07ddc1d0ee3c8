using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Risk.Facts;
using StackExchange.Redis;

namespace EcmrGateway.HotStore;

/// <summary>Names of the keys. They hold pseudonyms only, 22 characters of base64url.</summary>
/// <remarks>
/// <code>
/// g:{n}                   string      generation
/// scored:{n}              hash        progress of scoring, a field for each shard
/// w:{n}:writer            string      number of what a scoring process wrote last
/// c:{n}:carrier           string      version, ecmr.scores.v1.CarrierProfile
/// s:{n}:consignor         string      version, ecmr.scores.v1.ConsignorProfile
/// v:{n}:vehicle           string      version, ecmr.scores.v1.VehicleProfile
/// a:{n}:vehicle           string      ecmr.scores.v1.VehicleAssessment
/// oc:{n}:carrier          sorted set  its vehicles on the road; score: until when, milliseconds
/// os:{n}:consignor        sorted set  as above
/// rank:{n}:area:hour      sorted set  member: 16 bytes, the complement of the vehicle; score: RankingScore
/// </code>
/// n is the bucket of the subject or vehicle, <see cref="HotStoreOptions.Buckets"/> of them: the braces keep what is
/// written together in one slot of a cluster.
/// </remarks>
internal sealed class HotKeys(int buckets)
{
    /// <summary>Bytes of a subject's key: kind, bucket, 22 characters, and what is between them.</summary>
    private const int LengthMax = 64;

    public int Buckets => buckets;

    public int BucketOf(SubjectId id) => (int)((ulong)id.Value % (ulong)buckets);

    public static RedisKey Generation(int bucket) => Text($"g:{{{bucket}}}");

    public static RedisKey Progress(int bucket) => Text($"scored:{{{bucket}}}");

    public static RedisKey Writer(int bucket, string writer) => Text($"w:{{{bucket}}}:{writer}");

    public RedisKey Carrier(SubjectId id) => Of("c", id);

    public RedisKey Consignor(SubjectId id) => Of("s", id);

    public RedisKey Vehicle(SubjectId id) => Of("v", id);

    public RedisKey Assessment(SubjectId id) => Of("a", id);

    public RedisKey OnRoad(SubjectKind kind, SubjectId id) => Of(kind == SubjectKind.Carrier ? "oc" : "os", id);

    public static RedisKey Ranking(int bucket, string area, int hour) => Text($"rank:{{{bucket}}}:{area}:{hour}");

    /// <summary>
    /// Equal scores come in falling order of members when read from the top; the complement turns that into the
    /// rising order of vehicles, so that the cut at a limit is exact.
    /// </summary>
    public static byte[] Member(SubjectId id)
    {
        var member = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(member, MemberValue(id));
        return member;
    }

    public static UInt128 MemberValue(SubjectId id) => ~id.Value;

    public static SubjectId VehicleOf(ReadOnlySpan<byte> member) =>
        new(~BinaryPrimitives.ReadUInt128BigEndian(member));

    private RedisKey Of(string kind, SubjectId id)
    {
        // With every fact come several; put together in one go, as they are a fair part of its cost.
        Span<byte> key = stackalloc byte[LengthMax];
        Span<byte> subject = stackalloc byte[SubjectBytes.Length];
        SubjectBytes.Write(id, subject);
        Utf8.TryWrite(key, CultureInfo.InvariantCulture, $"{kind}:{{{BucketOf(id)}}}:", out var head);
        Base64Url.EncodeToUtf8(subject, key[head..], out _, out var tail);
        return key[..(head + tail)].ToArray();
    }

    private static RedisKey Text(FormattableString text) =>
        Encoding.ASCII.GetBytes(text.ToString(CultureInfo.InvariantCulture));
}
