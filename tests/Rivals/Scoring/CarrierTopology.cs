using EcmrGateway.HotStore;
using EcmrGateway.HotStore.Areas;
using EcmrGateway.HotStore.Codec;
using EcmrGateway.Risk;
using EcmrGateway.Risk.Profiles;
using Streamiz.Kafka.Net;
using Streamiz.Kafka.Net.SerDes;
using Streamiz.Kafka.Net.Stream;
using Streamiz.Kafka.Net.Table;

namespace EcmrGateway.Rivals.Scoring;

/// <summary>
/// Facts grouped by the key of their record, which is the carrier, each group's latest notes kept as the gateway keeps
/// those of a consignor, with the same functions and the same bytes, and the points that they make.
/// </summary>
/// <remarks>
/// The least that a topology can do with the topic: the key stays as it is, so that nothing is written to a topic in
/// between. No vehicle has a profile, and nothing is assessed.
/// </remarks>
internal sealed class CarrierTopology : ICountedTopology
{
    private static readonly RiskModel Model = new(new(), new(), DutchFreightAreas.All);

    private long _aggregated;

    /// <summary>Facts that are in their group's record.</summary>
    public long Aggregated => Interlocked.Read(ref _aggregated);

    public Topology Build(string topic)
    {
        var builder = new StreamBuilder();
        builder.Stream<string, TopicFact, StringSerDes, TopicFactSerDes>(topic)
            .GroupByKey()
            .Aggregate(
                () => new HotConsignor(ConsignorProfile.Empty, AssessedPoints: null),
                (_, fact, held) => Fold(fact, held),
                InMemory.As<string, HotConsignor, StringSerDes, HotConsignorSerDes>("carriers"));
        return builder.Build();
    }

    private HotConsignor Fold(TopicFact fact, HotConsignor held)
    {
        Interlocked.Increment(ref _aggregated);
        if (fact.Fact.Note is not { } wire)
        {
            return held;
        }

        var note = FactReading.Note(wire, fact.Position);
        var movements = wire.Movements.Select(movement => FactReading.Movement(movement, fact.Position));
        var profile = held.Profile.Fold(Model.Summarise(note, movements));
        return new(profile, Model.ConsignorPoints(profile));
    }
}
