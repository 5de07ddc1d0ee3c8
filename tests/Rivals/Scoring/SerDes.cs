using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Ecmr.Facts.V1;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Ledger;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Profiles;
using Google.Protobuf;
using Streamiz.Kafka.Net.SerDes;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>A fact of the topic and its position in the ledger.</summary>
internal sealed record TopicFact(Fact Fact, long Position);

/// <summary>A fact on its way to one of its vehicles.</summary>
/// <param name="IsFirst">Whether it is the first of them.</param>
internal sealed record VehicleFact(TopicFact Fact, bool IsFirst);

/// <summary>A vehicle as the hot store has it.</summary>
/// <param name="Assessment">Null: none yet.</param>
internal sealed record AssessedVehicle(VehicleProfile Profile, VehicleAssessment? Assessment);

/// <summary>Records of the topic; they are only read.</summary>
internal sealed class TopicFactSerDes : AbstractSerDes<TopicFact>
{
    public override TopicFact Deserialize(byte[] data, SerializationContext context) =>
        new(Fact.Parser.ParseFrom(data), PositionOf(context.Headers));

    public override byte[] Serialize(TopicFact data, SerializationContext context) => data.Fact.ToByteArray();

    /// <summary>From "shard:index".</summary>
    private static long PositionOf(Headers headers)
    {
        var id = Encoding.UTF8.GetString(headers.GetLastBytes("ce_id")).Split(':');
        return LedgerPosition.Of(
            int.Parse(id[0], CultureInfo.InvariantCulture), long.Parse(id[1], CultureInfo.InvariantCulture)).Value;
    }
}

/// <summary>Position, whether it is the first, fact.</summary>
internal sealed class VehicleFactSerDes : AbstractSerDes<VehicleFact>
{
    private const int Ahead = sizeof(long) + 1;

    public override VehicleFact Deserialize(byte[] data, SerializationContext context) => new(
        new(Fact.Parser.ParseFrom(data.AsSpan(Ahead)), BinaryPrimitives.ReadInt64BigEndian(data)),
        data[sizeof(long)] == 1);

    public override byte[] Serialize(VehicleFact data, SerializationContext context)
    {
        var bytes = new byte[Ahead + data.Fact.Fact.CalculateSize()];
        BinaryPrimitives.WriteInt64BigEndian(bytes, data.Fact.Position);
        bytes[sizeof(long)] = data.IsFirst ? (byte)1 : (byte)0;
        data.Fact.Fact.WriteTo(bytes.AsSpan(Ahead));
        return bytes;
    }
}

/// <summary>Records of a group, as the hot store has those of a consignor.</summary>
internal sealed class HotConsignorSerDes : AbstractSerDes<HotConsignor>
{
    public override HotConsignor Deserialize(byte[] data, SerializationContext context) =>
        data is null ? null! : ProfileCodec.ReadConsignor(data);

    public override byte[] Serialize(HotConsignor data, SerializationContext context) =>
        data is null ? null! : ProfileCodec.Write(data);
}

/// <summary>Length of the profile, profile, assessment; both as the hot store has them.</summary>
internal sealed class AssessedVehicleSerDes : AbstractSerDes<AssessedVehicle>
{
    public override AssessedVehicle Deserialize(byte[] data, SerializationContext context)
    {
        if (data is null)
        {
            return null!;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(data);
        var assessment = data.AsMemory(sizeof(int) + length);
        return new(
            ProfileCodec.ReadVehicle(data.AsMemory(sizeof(int), length)).Profile,
            assessment.IsEmpty ? null : AssessmentCodec.Read(assessment));
    }

    public override byte[] Serialize(AssessedVehicle data, SerializationContext context)
    {
        if (data is null)
        {
            return null!;
        }

        var profile = ProfileCodec.Write(new HotVehicle(data.Profile, []));
        var assessment = data.Assessment is { } made ? AssessmentCodec.Write(made) : [];
        var bytes = new byte[sizeof(int) + profile.Length + assessment.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, profile.Length);
        profile.CopyTo(bytes, sizeof(int));
        assessment.CopyTo(bytes, sizeof(int) + profile.Length);
        return bytes;
    }
}
