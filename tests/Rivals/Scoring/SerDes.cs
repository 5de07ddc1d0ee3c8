using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Ecmr.Facts.V1;
using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Ledger;
using Google.Protobuf;
using Streamiz.Kafka.Net.SerDes;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>A fact of the topic and its position in the ledger.</summary>
internal sealed record TopicFact(Fact Fact, long Position);

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

/// <summary>Records of a group, as the hot store has those of a consignor.</summary>
internal sealed class RecordSerDes : AbstractSerDes<HotConsignor>
{
    public override HotConsignor Deserialize(byte[] data, SerializationContext context) =>
        data is null ? null! : ProfileCodec.ReadConsignor(data);

    public override byte[] Serialize(HotConsignor data, SerializationContext context) =>
        data is null ? null! : ProfileCodec.Write(data);
}
